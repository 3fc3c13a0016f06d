"""The grader's side of one attempt's process: start it, ask it, hold the clock, take it down."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections.abc import Sequence
from contextlib import ExitStack
from multiprocessing.connection import wait
from typing import Any

import msgspec

from checker.attempt import stacks, wire
from checker.model.limits import Limits
from checker.model.outcome import FORGED, ErrorInfo, Hung, NotPlainResult, Outcome, Overrun, Raised, Returned, Unusable
from checker.process import ProcessError, control_group, messages, scratch, surroundings
from checker.process.fork_server import ForkServer
from checker.process.lifeline import Lifeline
from checker.process.messages import After, Message, Ready
from checker.process.output import Output
from checker.process.samples import Delay, Samples, no_delay

START_S = 20.0
"""A machine that cannot fork a process in this time cannot grade."""
MOST_PATIENCE = 3.0
"""Times its deadline that a call may last, however long other programs held it up: grading a class must end."""
AUTOPSY_S = 0.5
AFTERMATH_S = 5.0
HELLO_BYTES, MAX_LISTENERS, MAX_WHY = 4096, 16, 500
RECEIVE_BYTES = 2**20
"""Read at once, so that a large result needs few reads. The buffer of frames limits its size."""


class _Ended(Exception):
    """No further message will come: `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class AttemptProcess:
    """One process for one call. Use as a context manager: leaving it kills everything that it started."""

    def __init__(
        self,
        server: ForkServer,
        copy: surroundings.Copy,
        terminal: bool,
        sandbox: dict[str, Any] | None,
        limits: Limits,
    ) -> None:
        """`terminal`: it shares the grader's terminal.

        `sandbox`: paths that it may "read", "ports" that it may connect to, and whether it lives "apart", in namespaces
        of its own. None: it may do whatever this user may.
        """
        self.debugged, self._terminal, self._stopped = False, terminal, ""
        self.pid = self.keeper = 0
        self.gil, self.gil_came_on = True, False
        """Whether it has a GIL; whether that came on only after it had read the attempt."""
        self.output = Output(terminal)
        self._overslept_s = 0.0
        self._buffer = wire.FrameBuffer()
        self._messages: list[Message] = []
        try:
            with ExitStack() as ending:
                self._fork(server, copy, sandbox, limits, ending)
                self.listeners = self._hello()
                self._ending = ending.pop_all()
        except (OSError, *messages.MALFORMED) as error:
            raise ProcessError(f"the attempt's process did not start: {error} {self.output.text[-MAX_WHY:]}") from error

    def _fork(
        self, server: ForkServer, copy: surroundings.Copy, sandbox: dict[str, Any] | None, limits: Limits,
        ending: ExitStack,
    ) -> None:  # fmt: skip
        """Start the process. `ending` closes everything, the lifeline first, which kills all processes that write."""
        self.folder = scratch.new_call()
        """Where it may write."""
        ending.callback(surroundings.remove, self.folder)
        self.group = control_group.new(limits)
        ending.callback(self.group.remove)
        file = copy.put(self.folder)
        with ExitStack() as theirs:  # closed here at the end: the process has copies
            ending.callback(self.output.close)
            streams = self.output.open(theirs)
            self.samples = ending.enter_context(contextlib.closing(Samples()))
            theirs.callback(os.close, self.samples.writers)
            self._connection, connection = map(ending.enter_context, socket.socketpair())
            theirs.enter_context(connection)
            self._lifeline = ending.enter_context(contextlib.closing(Lifeline()))
            theirs.enter_context(self._lifeline.keepers)
            self._watched = [each.fileno() for each in (self._connection, self._lifeline, self.samples)]
            server.fork(
                {"file": str(file), "name": copy.original or str(file),
                 "folder": str(self.folder), "terminal": self._terminal, "sandbox": sandbox,
                 "environment": surroundings.environment(self.folder, self._terminal),
                 "limits": msgspec.to_builtins(limits)},
                {"lifeline": self._lifeline.keepers.fileno(), "connection": connection.fileno(),
                 "stacks": self.samples.writers, **streams},
            )  # fmt: skip
        self.output.start()

    def __enter__(self) -> AttemptProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hello(self) -> list[socket.socket]:
        """Await the start. Returns sockets for the world to listen on, if the attempt has a network of its own."""
        self._connection.settimeout(START_S)
        self.pid, self.keeper, self.gil = self._lifeline.await_start(START_S)
        self.group.take(self.pid)  # nothing of the attempt has been read yet
        data, descriptors, _, _ = socket.recv_fds(self._connection, HELLO_BYTES, MAX_LISTENERS)
        with ExitStack() as unwanted:
            listeners = [unwanted.enter_context(socket.socket(fileno=descriptor)) for descriptor in descriptors]
            (hello,) = map(messages.message, self._buffer.feed(data))
            if not isinstance(hello, messages.Hello):
                raise ValueError(hello)
            unwanted.pop_all()
        self._connection.settimeout(None)
        return listeners

    def prepare(
        self, request: dict[str, Any], deadline_s: float, sockets: Sequence[socket.socket] = (),
        delayed_s: Delay = no_delay,
    ) -> Ready | Outcome:  # fmt: skip
        """Import the attempt, and start what the call needs. Returns an outcome if it cannot be called.

        `sockets`: the attempt gets copies of them.
        """
        self._send(wire.frame({"is": "prepare", **request}), sockets)
        try:
            message = self._message(deadline_s, delayed_s=delayed_s)
        except _Ended as ended:
            if isinstance(ended.outcome, Hung):
                return msgspec.structs.replace(ended.outcome, importing=True)
            return ended.outcome
        if isinstance(message, messages.UnusableMessage):
            return Unusable(reason=message.reason, error=message.error)
        return message if isinstance(message, Ready) else FORGED

    def go(self, arguments: dict[str, wire.Plain], deadline_s: float) -> float:
        """Start the call by sending its arguments. Returns the time on the grader's clock.

        An attempt that does not take the arguments before the deadline will not answer, either.
        """
        frame = wire.frame({"is": "go", **arguments})
        self._connection.settimeout(deadline_s)
        started_s = time.perf_counter()
        self._send(frame)
        self._connection.settimeout(None)
        return started_s

    def outcome(self, deadline_s: float, sample_every_s: float | None = None, delayed_s: Delay = no_delay) -> Outcome:
        """Wait for the answer. `sample_every_s`: ask for stacks this often meanwhile."""
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
        return FORGED

    def after(self, delayed_s: Delay = no_delay) -> After | Outcome:
        """The process's report of what the call left; without one, an outcome that replaces the answer."""
        try:
            message = self._message(AFTERMATH_S, delayed_s=delayed_s)
        except _Ended as ended:
            hung = isinstance(ended.outcome, Hung)
            why = "it hung after its answer, so that nobody knows what it left"
            return Overrun(what=why) if hung else ended.outcome
        return message if isinstance(message, After) else FORGED

    def ask_for_stacks(self) -> None:
        """May be called from any thread; the answer arrives in `samples`."""
        self._signal(stacks.SIGNAL)

    def _signal(self, number: signal.Signals) -> None:
        if self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def stop(self, what: str) -> None:
        """Kill the attempt's process because a limit was hit; may be called from any thread."""
        self._stopped = what
        self._signal(signal.SIGKILL)

    def close(self) -> None:
        """Kill the attempt and everything that it started, and remove its folder.

        Raises ProcessError if something lives on, because it would disturb all further measurements.
        """
        self._ending.close()
        if self._lifeline.is_outrun and not self.group.ends_all:
            raise ProcessError("what it started could not be ended: it begins processes faster than signals come")

    def _send(self, frame: bytes, sockets: Sequence[socket.socket] = ()) -> None:
        descriptors = [each.fileno() for each in sockets]
        with contextlib.suppress(OSError):  # the next receive notices a dead process
            sent = socket.send_fds(self._connection, [frame], descriptors) if descriptors else 0
            self._connection.sendall(frame[sent:])

    def _message(self, deadline_s: float, sample_every_s: float | None = None, delayed_s: Delay = no_delay) -> Message:
        """The next message. Raises _Ended if the process died, or hung until the deadline."""
        started_s = self._clock_s()
        while True:
            if self._messages:
                message = self._messages.pop(0)
                if isinstance(message, messages.Deadlock):
                    raise _Ended(self._hung(self._clock_s() - started_s, delayed_s, certain=True))
                if isinstance(message, Ready | After) and message.gil and not self.gil:
                    self.gil = self.gil_came_on = True  # only the keeper is believed when it says "no GIL"
                if not isinstance(message, messages.Debugging):
                    return message
                if not self._terminal:
                    raise _Ended(FORGED)  # without a terminal nobody debugs: the deadline stays
                self.debugged = True
            left_s = deadline_s - (self._clock_s() - started_s)
            if left_s <= 0:
                left_s += min(delayed_s(), (MOST_PATIENCE - 1) * deadline_s)
            if left_s <= 0 and not self.debugged:
                raise _Ended(self._hung(deadline_s, delayed_s))
            tick_s = sample_every_s if sample_every_s is not None else left_s
            if not self._listen(None if self.debugged else min(left_s, tick_s)) and sample_every_s is not None:
                self.ask_for_stacks()

    def _clock_s(self) -> float:
        """Stands while this process does: Ctrl-Z stops it, and not the attempt, which nobody answers meanwhile."""
        return time.perf_counter() - self._overslept_s

    def _listen(self, timeout_s: float | None) -> bool:
        """Receive what arrives within the timeout; False: nothing did. Raises _Ended."""
        asked_s = time.perf_counter()
        ready = wait(self._watched, timeout_s)
        if timeout_s is not None:
            self._overslept_s += max(0.0, time.perf_counter() - asked_s - timeout_s)
        if self.samples.fileno() in ready and not self.samples.take():
            self._watched.remove(self.samples.fileno())  # a closed pipe would be ready for ever
        if self._connection.fileno() in ready:
            self._take_frames()
        elif self._lifeline.fileno() in ready:
            raise _Ended(self._exit())
        return bool(ready)

    def _take_frames(self) -> None:
        try:
            data = self._connection.recv(RECEIVE_BYTES)
        except OSError:
            data = b""
        if not data:
            raise _Ended(self._exit())
        try:
            self._messages += [messages.message(body) for body in self._buffer.feed(data)]
        except messages.MALFORMED:
            raise _Ended(FORGED) from None

    def _hung(self, after_s: float, delayed_s: Delay, certain: bool = False) -> Hung:
        """The outcome, with the stacks of all threads and tasks now, or without any if the process does not answer."""
        before_s = delayed_s()
        self._signal(stacks.LAST)
        last = self.samples.await_last(AUTOPSY_S, lambda: delayed_s() - before_s)
        return Hung(after_s=after_s, stacks=last, certain=certain)

    def _exit(self) -> Outcome:
        what = self._stopped or self.group.exceeded()
        return Overrun(what=what) if what else self._lifeline.end()


def _revive(tag: str, body: Any) -> ErrorInfo:
    """An exception that the attempt returned as a value. Raises ValueError."""
    if tag != "exception":
        raise ValueError(tag)
    return messages.exception(body.get("v"))
