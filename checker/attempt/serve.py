"""One call of one attempt, in a process of its own: import, wait for "go", call, answer, look around.

Messages to the grader: hello, then ready | unusable, then returned | raised | not_plain, then after. The result is sent
the moment the function returns, before anything else is examined, because the grader's clock stops when it arrives.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NoReturn, TextIO

from checker.attempt import aftermath, debugging, farewell, gil, invoke, landlock, libc, namespaces, seccomp, wire
from checker.attempt.lines import Lines
from checker.attempt.locks import Locks
from checker.attempt.operations import Heartbeat, Operations
from checker.attempt.segments import Segments
from checker.attempt.stacks import MAX_LEFT, MAX_NAME, Stacks
from checker.attempt.starts import Starts

STACK_MIB = 8
"""Address space of each thread's stack, by default."""

MAX_DESCRIPTORS = 16


class Connection:
    """Frames to and from the grader."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._buffer = wire.FrameBuffer()
        self._sending = threading.Lock()
        self.descriptors: list[int] = []
        """Copies of the grader's sockets, for arguments of the call."""

    def send(self, message: dict[str, Any]) -> None:
        self.send_frame(wire.frame(message))

    def greet(self, listeners: list[socket.socket]) -> None:
        """Send the first message, with sockets for the grader, and close them here."""
        descriptors = [listener.detach() for listener in listeners]
        socket.send_fds(self._socket, [wire.frame({"is": "hello"})], descriptors)
        for descriptor in descriptors:
            os.close(descriptor)

    def send_frame(self, frame: bytes) -> None:
        with self._sending:  # one thread may report a deadlock while another answers
            self._socket.sendall(frame)

    def receive(self) -> dict[str, Any]:
        """The next message. Raises EOFError if the grader is gone."""
        while True:
            data, descriptors, _, _ = socket.recv_fds(self._socket, 65536, MAX_DESCRIPTORS)
            self.descriptors += descriptors
            if not data:
                raise EOFError
            for body in self._buffer.feed(data):
                message: dict[str, Any] = json.loads(body)
                return message


def run(job: dict[str, Any], connection: int, stacks: int, stdin: int, stdout: int, stderr: int) -> NoReturn:
    """Become the attempt's process: own session, clean environment, own folder; then serve one call."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # as every Python program has it
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    os.chdir(job["folder"])
    os.environ.clear()
    os.environ.update(job["environment"])
    _take_streams(stdin, stdout, stderr)
    _limit(job["limits"])
    world = _give_up_rights(job) if job["sandbox"] is not None else []
    sys.argv = [job["file"]]
    try:
        serve(job, Connection(connection), Stacks(job["file"], job["name"], stacks), world)
    except EOFError:
        pass  # the grader has seen enough
    except BaseException:
        traceback.print_exc()
    finally:
        farewell.flush()
        os._exit(0)


def _limit(limits: dict[str, int]) -> None:
    """Set the limits that the operating system enforces. The grader watches over the others."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits["file_mib"] * 2**20),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_DATA, (limits["memory_mib"] + STACK_MIB * limits["threads"]) * 2**20),
    ):
        _limit_to(what, most)


def _limit_to(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _give_up_rights(job: dict[str, Any]) -> list[socket.socket]:
    """Isolate this process, before it reads the attempt. If that fails it ends, and the grader gets no greeting.

    Returns the sockets on which the world is to listen, if this process has a network of its own.
    """
    sandbox, limits = job["sandbox"], job["limits"]
    world: list[socket.socket] = []
    if sandbox["apart"]:
        world = namespaces.furnish(sandbox["ports"], job["folder"], limits["disk_mib"], limits["files"])
        _limit_to(resource.RLIMIT_NPROC, limits["processes"] + limits["threads"])  # of this user, in this namespace
    else:
        libc.drop_capabilities()
    given = [(path, landlock.READ) for path in sandbox["read"]]
    own = (job["folder"], landlock.WRITE)
    landlock.restrict([*job["libraries"], *given, own], sandbox["ports"])
    seccomp.restrict(None if sandbox["apart"] else os.getpid())
    return world


def _take_streams(*descriptors: int) -> None:
    """Put the job's descriptors at 0, 1 and 2, and make new line-buffered standard streams of them."""
    for target, descriptor in enumerate(descriptors):
        os.dup2(descriptor, target)
    for descriptor in set(descriptors) - {0, 1, 2}:
        os.close(descriptor)
    sys.stdin, sys.stdout, sys.stderr = _text(0, "r"), _text(1, "w"), _text(2, "w")
    for name in ("stdin", "stdout", "stderr"):  # who has put another stream in its place, gets it back from here
        setattr(sys, f"__{name}__", getattr(sys, name))


def _text(descriptor: int, mode: Literal["r", "w"]) -> TextIO:
    return open(descriptor, mode, buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)


def serve(job: dict[str, Any], connection: Connection, stacks: Stacks, world: list[socket.socket]) -> None:
    """Prepare the call, wait for the grader's "go", make it, and report what it leaves behind."""
    connection.greet(world)
    notices = aftermath.Notices(stacks)
    stacks.answer_signals(notices.so_far)
    locks = Locks(stacks, lambda: connection.send({"is": "deadlock"}))
    locks.watch()
    segments, starts = Segments(), Starts()
    request = connection.receive()
    lines = Lines(stacks, watched=request["lines"])  # first: `debugging` must not see our tracer
    debugging.watch(job["terminal"], lambda: connection.send({"is": "debugging"}), job["file"], job["name"])
    operations = Operations(request["port"], stacks, connection.descriptors)
    try:
        call = invoke.prepare(request, job["file"], job["name"])
    except invoke.Unusable as unusable:
        refuse(connection, unusable, stacks)
        return
    heartbeat = Heartbeat(request["port"], request["beat"]) if call.asynchronous else None
    meter = gil.Meter()
    if request["gil"]:
        meter.start()
    before = notices.begin()
    connection.send({"is": "ready", "gil": gil.is_on()})
    arguments = connection.receive()  # only now, so that no work on them can begin before the clock starts
    starts.begin()
    answer = _answering(connection, meter, stacks)
    pending = invoke.make(call.given(arguments, operations), answer, heartbeat, stacks, notices.loop_complained)
    call.close()
    gc.collect()  # coroutines and futures that nothing looked at complain when they are destroyed
    threads = stacks.threads(among=aftermath.unfinished_threads(before)[:MAX_LEFT])
    farewell.flush()
    connection.send(
        {"is": "after", "threads": threads, "tasks": pending[:MAX_LEFT], "notices": notices.seen,
         "gil": gil.is_on(), "gil_wait_s": meter.wait_s, "sleeps": meter.sleeps,
         **locks.told(), "segments": segments.made, "lines": lines.told(), "starts": starts.told()}
    )  # fmt: skip
    connection.receive()  # the grader closes when it has seen enough


def refuse(connection: Connection, unusable: invoke.Unusable, stacks: Stacks) -> None:
    """Say that the attempt cannot be called. The grader may end this process at once: what was printed goes first."""
    farewell.flush()
    connection.send({"is": "unusable", "reason": unusable.reason, "error": _error(unusable.error, stacks)})


def _answering(connection: Connection, meter: gil.Meter, stacks: Stacks) -> Callable[[invoke.Ending], None]:
    """A function that sends how the call ended. Copies of this process, which the attempt has forked, end without."""
    own = os.getpid()

    def answer(outcome: invoke.Ending) -> None:
        if os.getpid() != own:
            farewell.end_copy(outcome.error if isinstance(outcome, invoke.Failed) else None)
        for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
            signal.setitimer(timer, 0)  # an alarm of the attempt's would ring in our code now
        connection.send_frame(_frame(outcome, stacks))
        meter.stop()

    return answer


def _frame(outcome: invoke.Ending, stacks: Stacks) -> bytes:
    if isinstance(outcome, invoke.Failed):
        return wire.frame({"is": "raised", "error": _error(outcome.error, stacks)})
    try:
        value = wire.pack(outcome.value, lambda value: _as_exception(value, stacks))
        return wire.frame({"is": "returned", "value": value})
    except wire.NotPlain as refusal:
        return wire.frame({"is": "not_plain", "what": str(refusal)})


def _as_exception(value: object, stacks: Stacks) -> wire.Plain | None:
    if isinstance(value, BaseException):
        return {wire.TAG: "exception", "v": _error(value, stacks)}
    return None


def _error(error: BaseException, stacks: Stacks) -> dict[str, Any]:
    bases = [kind.__name__[:MAX_NAME] for kind in type(error).__mro__ if kind is not object]
    try:
        message = "; ".join(_texts(error))
    except BaseException:  # an attempt's own __str__ may do anything
        message = ""
    folder = f"{Path(stacks.file).parent}{os.sep}"  # the copy's, which means nothing to a learner
    message = wire.text(message, wire.MAX_TEXT_IN_ERROR).replace(folder, "")
    return {
        "type": type(error).__name__[:MAX_NAME],
        "bases": bases,
        "message": message,
        "line": stacks.error_line(error),
    }


def _texts(error: BaseException) -> list[str]:
    """An exception's message; for a group, also those of its members."""
    if not isinstance(error, BaseExceptionGroup):
        return [str(error)]
    return [error.message, *(text or type(member).__name__ for member in error.exceptions for text in _texts(member))]
