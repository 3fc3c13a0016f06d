"""How a call ended, and where its threads and tasks stood. Frozen records."""

from __future__ import annotations

from typing import Any

from checker.model.record import Record


class Frame(Record):
    """One line of the learner's own file on a stack."""

    line: int
    function: str


class Held(Record):
    """A lock of the learner's that a thread holds, by its number in the order of making, and the line that took it."""

    lock: int
    line: int | None = None


class LockStep(Record):
    """A thread was about to wait, without a time limit, for one lock while it held another."""

    held: int
    held_line: int | None
    wanted: int
    wanted_line: int | None
    thread: int
    gates: tuple[int, ...] = ()
    """Further locks that it held."""


class LockTime(Record):
    """A thread had a lock for a while. Times are of the grader's clock (time.perf_counter)."""

    lock: int
    who: str
    """The thread's name."""
    line: int | None
    """That took it."""
    wanted_s: float
    """Since when it had waited for it; right before `taken_s`, where it was free."""
    taken_s: float
    free_s: float | None
    """None: it still had it when the call was over."""


class Stack(Record):
    """Where one thread or task stood: the learner's frames, outermost first, and what it waited in."""

    who: str
    frames: tuple[Frame, ...]
    inside: str = ""
    """Module and function of the innermost frame, "attempt.f" when the learner's own code is innermost."""
    holds: tuple[Held, ...] = ()
    wants: int | None = None
    """The lock that it waits for, without a time limit."""


class ErrorInfo(Record):
    """An exception of the attempt as plain data."""

    type: str
    bases: tuple[str, ...]
    message: str
    line: int | None = None


class Returned(Record, tag=True):
    """The call came back with this value."""

    value: Any


class Raised(Record, tag=True):
    """The call came back with this exception."""

    error: ErrorInfo


class NotPlainResult(Record, tag=True):
    """The function returned something that is not plain data; `what` completes "it returned ..."."""

    what: str


class Unusable(Record, tag=True):
    """The attempt could not even be called: no file, no function, or an import that failed."""

    reason: str
    """"missing file", "missing function", "syntax", "build", "import", "starts processes"."""
    error: ErrorInfo


class Died(Record, tag=True):
    """The process ended before it answered. `status` is the exit code, negative for a signal."""

    status: int


class Hung(Record, tag=True):
    """Stopped at the deadline; the stacks were taken just before."""

    after_s: float
    stacks: tuple[Stack, ...]
    importing: bool = False
    certain: bool = False
    """Stopped before the deadline: its threads wait for each other in a circle."""


class Overrun(Record, tag=True):
    """Stopped because a limit of the machine's safety was hit; `what` says which."""

    what: str


FORGED = Overrun(what="it wrote to the grader's own connection")
"""For an answer that the attempt's process never gives by itself."""

Outcome = Returned | Raised | NotPlainResult | Unusable | Died | Hung | Overrun
