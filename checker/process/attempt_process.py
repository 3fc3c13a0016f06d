"""The grader's side of one attempt's process: start it, ask it, hold the clock, take it down."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from checker.attempt import stacks, wire
from checker.model.evidence import Notice
from checker.model.limits import Limits
from checker.model.outcome import ErrorInfo, Hung, NotPlainResult, Outcome, Overrun, Raised, Returned, Stack, Unusable
from checker.process import ProcessError, control_group, messages, scratch, surroundings
from checker.process.lifeline import Lifeline
from checker.process.messages import After, Message, Ready
from checker.process.nursery import Nursery
from checker.process.output import Output

FILE_NAME, MODULE_NAME = "attempt.py", "attempt.so"
START_S = 20.0
"""A machine that cannot fork a process in this time cannot grade."""
MOST_PATIENCE = 3.0
"""Times its deadline may a call last, however long others kept it waiting: a class must come to an end."""
AUTOPSY_S = 0.5
AFTERMATH_S = 5.0
HELLO_BYTES, MAX_LISTENERS, MAX_WHY = 4096, 16, 500
MAX_SAMPLES = 400


class _Ended(Exception):
    """No further message will come: `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class AttemptProcess:
    """One process for one call. Use as a context manager: leaving it kills everything that it started."""

    _last: messages.Moment | None = None
    """Where it stood when its time was over."""
    _stack_bytes = b""

    def __init__(
        self,
        nursery: Nursery,
        copy: surroundings.Copy,
        terminal: bool,
        sandbox: dict[str, Any] | None,
        limits: Limits,
    ) -> None:
        """`terminal`: share the grader's.

        `sandbox`: the paths that it may "read", the "ports" that it may connect to, and whether it lives "apart", in
        namespaces of its own; None: it may whatever this user may.
        """
        self.debugged, self._terminal, self._stopped = False, terminal, ""
        self.pid = self.keeper = 0
        self.gil, self.gil_came_on = True, False
        """Whether it has a GIL: from before it read the attempt, or since then."""
        self.samples: list[Stack] = []
        self.notices: tuple[Notice, ...] = ()  # as they were told with the samples
        self.group = control_group.new(limits)
        self._folder = scratch.new_call()
        file = copy.put(self._folder)
        self._buffer = wire.FrameBuffer()
        self._messages: list[Message] = []
        self._connection, theirs = socket.socketpair()
        self._lifeline = Lifeline()
        self._stacks, stacks_in = os.pipe()
        self.output = Output(terminal)
        with theirs, self._lifeline.keepers, surroundings.removed_on_error(self._folder):
            nursery.fork(
                {"file": str(file), "name": copy.original or str(file),
                 "folder": str(self._folder), "terminal": terminal, "sandbox": sandbox,
                 "environment": surroundings.environment(self._folder, terminal),
                 "limits": msgspec.to_builtins(limits)},
                {"lifeline": self._lifeline.keepers.fileno(), "connection": theirs.fileno(), "stacks": stacks_in,
                 **self.output.descriptors},
            )  # fmt: skip
        os.close(stacks_in)
        self.output.start()
        self.listeners = self._hello()

    @property
    def folder(self) -> str:
        """Where it may write."""
        return str(self._folder)

    def __enter__(self) -> AttemptProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hello(self) -> list[socket.socket]:
        """The sockets of the attempt's own network on which the world is to listen, if it has one."""
        self._connection.settimeout(START_S)
        try:
            self.pid, self.keeper, self.gil = self._lifeline.await_start(START_S)
            self.group.take(self.pid)  # nothing of the attempt has been read yet
            data, descriptors, _, _ = socket.recv_fds(self._connection, HELLO_BYTES, MAX_LISTENERS)
            (hello,) = map(messages.message, self._buffer.feed(data))
            assert isinstance(hello, messages.Hello)
        except (OSError, *messages.MALFORMED) as error:
            self.close()
            raise ProcessError(f"the attempt's process did not start: {error} {self.output.text[-MAX_WHY:]}") from error
        self._connection.settimeout(None)
        return [socket.socket(fileno=descriptor) for descriptor in descriptors]

    def prepare(
        self, request: dict[str, Any], deadline_s: float, sockets: Sequence[socket.socket] = ()
    ) -> Ready | Outcome:
        """Import the attempt and make the arguments. The outcome, when it cannot even be called.

        `sockets`: what the attempt gets copies of.
        """
        self._send({"is": "prepare", **request}, sockets)
        try:
            message = self._message(deadline_s)
        except _Ended as ended:
            if isinstance(ended.outcome, Hung):
                return msgspec.structs.replace(ended.outcome, importing=True)
            return ended.outcome
        if isinstance(message, messages.UnusableMessage):
            return Unusable(reason=message.reason, error=message.error)
        return message if isinstance(message, Ready) else _broken()

    def go(self) -> float:
        """Start the call; the time on the grader's clock."""
        started_s = time.perf_counter()
        self._send({"is": "go"})
        return started_s

    def outcome(
        self, deadline_s: float, sample_every_s: float | None = None, delayed_s: Callable[[], float] = float
    ) -> Outcome:
        """Wait for the answer. `sample_every_s`: meanwhile ask for stacks that often.

        delayed_s: tells how long others have kept it waiting since it began; that does not count towards the deadline.
        """
        try:
            message = self._message(deadline_s, sample_every_s, delayed_s)
        except _Ended as ended:
            return ended.outcome
        if isinstance(message, messages.RaisedMessage):
            return Raised(error=message.error)
        if isinstance(message, messages.NotPlainMessage):
            return NotPlainResult(what=message.what)
        if isinstance(message, messages.ReturnedMessage):
            try:
                return Returned(value=wire.unpack(message.value, _revive))
            except messages.MALFORMED:
                return NotPlainResult(what="something that is not plain data")
        return _broken()

    def after(self) -> After | Outcome:
        """What the process says that the call left behind. An outcome, when it does not say: its answer is void."""
        try:
            message = self._message(AFTERMATH_S)
        except _Ended as ended:
            hung = isinstance(ended.outcome, Hung)
            why = "it hung after its answer, so that nobody knows what it left"
            return Overrun(what=why) if hung else ended.outcome
        return message if isinstance(message, After) else _broken()

    def ask_for_stacks(self) -> None:
        """May be called from any thread; the answer arrives in `samples`."""
        self._ask(stacks.SIGNAL)

    def _ask(self, number: signal.Signals) -> None:
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def stop(self, what: str) -> None:
        """Kill the attempt's process because a limit was hit; may be called from any thread."""
        self._stopped = what
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Kill the attempt and everything that it started, and remove its folder."""
        self._lifeline.close()
        self._connection.close()
        os.close(self._stacks)
        self.output.close()
        self.group.remove()
        surroundings.remove(self._folder)

    def _send(self, message: dict[str, Any], sockets: Sequence[socket.socket] = ()) -> None:
        frame, descriptors = wire.frame(message), [each.fileno() for each in sockets]
        with contextlib.suppress(OSError):  # a dead process is noticed by the next receive
            sent = socket.send_fds(self._connection, [frame], descriptors) if descriptors else 0
            self._connection.sendall(frame[sent:])

    def _message(
        self, deadline_s: float, sample_every_s: float | None = None, delayed_s: Callable[[], float] = float
    ) -> Message:
        """The next message. Raises _Ended when the process died, or hung until the deadline."""
        started_s = time.perf_counter()
        while True:
            if self._messages:
                message = self._messages.pop(0)
                if isinstance(message, messages.Deadlock):
                    raise _Ended(self._hung(time.perf_counter() - started_s, certain=True))
                if isinstance(message, Ready | After) and message.gil and not self.gil:
                    self.gil = self.gil_came_on = True  # that there is none, only the interpreter before can say
                if not isinstance(message, messages.Debugging):
                    return message
                if not self._terminal:
                    raise _Ended(_broken())  # there is nobody to debug, and the deadline holds
                self.debugged = True
            left_s = deadline_s - (time.perf_counter() - started_s)
            if left_s <= 0:
                left_s += min(delayed_s(), (MOST_PATIENCE - 1) * deadline_s)
            if left_s <= 0 and not self.debugged:
                raise _Ended(self._hung(deadline_s))
            tick_s = sample_every_s if sample_every_s is not None else left_s
            if not self._listen(None if self.debugged else min(left_s, tick_s)) and sample_every_s is not None:
                self.ask_for_stacks()

    def _listen(self, timeout_s: float | None) -> bool:
        """Take in what arrives within the timeout; False when nothing did. Raises _Ended."""
        connection, lifeline = self._connection.fileno(), self._lifeline.fileno()
        ready, _, _ = select.select([connection, lifeline, self._stacks], [], [], timeout_s)
        if self._stacks in ready:
            self._take_stacks()
        if connection in ready:
            self._take_frames()
        elif lifeline in ready:
            raise _Ended(self._exit())
        return bool(ready)

    def _take_frames(self) -> None:
        try:
            data = self._connection.recv(2**20)
        except OSError:
            data = b""
        if not data:
            raise _Ended(self._exit())
        try:
            self._messages += [messages.message(body) for body in self._buffer.feed(data)]
        except messages.MALFORMED:
            raise _Ended(_broken()) from None

    def _take_stacks(self) -> bool:
        """False when there will be no more."""
        data = os.read(self._stacks, 65536)
        *lines, self._stack_bytes = (self._stack_bytes + data).split(b"\n")
        for line in lines:
            with contextlib.suppress(*messages.MALFORMED):
                moment = messages.moment(line)
                self.samples += moment.stacks
                self.notices = moment.notices
                self._last = moment if moment.last else self._last
        del self.samples[:-MAX_SAMPLES]
        self._stack_bytes = self._stack_bytes[-(2**20) :]
        return bool(data)

    def _hung(self, after_s: float, certain: bool = False) -> Hung:
        """With the stacks of all threads and tasks now; without, when the process cannot even tell."""
        self._ask(stacks.LAST)
        until_s = time.perf_counter() + AUTOPSY_S
        while self._last is None and (left_s := until_s - time.perf_counter()) > 0:
            ready, _, _ = select.select([self._stacks], [], [], left_s)
            if not ready or not self._take_stacks():
                break
        return Hung(after_s=after_s, stacks=tuple(self._last.stacks) if self._last else (), certain=certain)

    def _exit(self) -> Outcome:
        what = self._stopped or self.group.exceeded()
        return Overrun(what=what) if what else self._lifeline.end()


def _broken() -> Outcome:
    return Overrun(what="it wrote to the grader's own connection")


def _revive(tag: str, body: Any) -> ErrorInfo:
    """An exception that the attempt returned as a value. Raises ValueError."""
    if tag != "exception":
        raise ValueError(tag)
    return messages.exception(body.get("v"))
