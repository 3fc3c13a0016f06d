"""The records that everything else is about: frozen values, no behaviour beyond simple sums.

Times are seconds. `*_s` on one clock (the grader's `time.perf_counter`) unless a field says otherwise.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, dataclass_transform

import msgspec


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, compared by value, convertible to JSON."""


# --- exercises -----------------------------------------------------------------------------------


class Exercise(Record, forbid_unknown_fields=True):
    """What `exercise.toml` says, and where the folder is."""

    title: Annotated[str, msgspec.Meta(min_length=1)]
    summary: Annotated[str, msgspec.Meta(min_length=1)]
    bound_by: Literal["waiting", "cpu"]
    """What the stub spends its time on."""
    level: Annotated[int, msgspec.Meta(ge=1, le=5)]
    minutes: Annotated[int, msgspec.Meta(ge=5, le=240)]
    requires: list[Annotated[str, msgspec.Meta(pattern=r"^\d\d$")]]
    """Numbers of the exercises to do first."""
    goal: Annotated[float, msgspec.Meta(gt=1)]
    """Times faster than the stub that passes. For CPU work: on two full cores; scaled to what they give."""
    limit: float
    """Times faster than the stub that is possible at best."""
    technique: str
    deadline_s: Annotated[float, msgspec.Meta(gt=0, le=120)]
    hints: Annotated[list[str], msgspec.Meta(min_length=3, max_length=3)]
    number: str = ""
    slug: str = ""
    folder: Path = Path()


# --- what is observed of one run -------------------------------------------------------------------


class Span(Record):
    """One operation in the world's ledger."""

    name: str
    start_s: float
    latency_s: float
    """What the world had decided that this operation takes."""
    end_s: float | None = None
    """None: it was still open when the run was over."""
    outcome: str = "open"
    """"answered", "failed" (the world refused on purpose), "dropped" (the caller hung up), "open"."""
    key: str = ""
    """What was asked for, when a world groups its operations: an account, a URL."""
    caller: str = ""
    """The thread or task of the attempt that asked; "" when it cannot be known (plain HTTP)."""
    line: int | None = None
    """The line of attempt.py that asked."""


class Frame(Record):
    """One line of the learner's own file on a stack."""

    line: int
    function: str


class Stack(Record):
    """Where one thread or task stood: the learner's frames, outermost first, and what it waited in."""

    who: str
    frames: list[Frame]
    inside: str = ""
    """Module and function of the innermost frame, "attempt.f" when the learner's own code is innermost."""


class ErrorInfo(Record):
    """An exception of the attempt as plain data."""

    type: str
    bases: list[str]
    message: str
    line: int | None = None


class Returned(Record, tag=True):
    value: Any


class Raised(Record, tag=True):
    error: ErrorInfo


class NotPlainResult(Record, tag=True):
    """The function returned something that is not plain data; `what` completes "it returned ..."."""

    what: str


class Unusable(Record, tag=True):
    """The attempt could not even be called: no file, no function, or an import that failed."""

    reason: str
    """"missing file", "missing function", "syntax", "import", "starts processes"."""
    error: ErrorInfo


class Died(Record, tag=True):
    """The process ended before it answered. `status` is the exit code, negative for a signal."""

    status: int


class Hung(Record, tag=True):
    """Stopped at the deadline; the stacks were taken just before."""

    after_s: float
    stacks: list[Stack]
    importing: bool = False


class Overrun(Record, tag=True):
    """Stopped because a limit of the machine's safety was hit; `what` says which."""

    what: str


Outcome = Returned | Raised | NotPlainResult | Unusable | Died | Hung | Overrun


class Slice(Record):
    """Scheduler accounting of one process between two samples."""

    end_s: float
    cpu_s: float
    wait_s: float
    """Runnable, but waiting for a core."""


class ProcessUse(Record):
    """Scheduler accounting of one process of the attempt over the run."""

    name: str
    started_s: float
    ended_s: float
    cpu_s: float
    wait_s: float
    threads: int
    """Most threads seen at once."""
    busy_threads: int
    """Threads that had at least a tenth of this process's CPU time."""
    slices: list[Slice]


class CpuUse(Record):
    """Scheduler accounting of the attempt's process tree over the run."""

    processes: list[ProcessUse]
    accounted: bool = True
    """False: this platform does not tell how long a process waited for a core; `wait_s` is 0 everywhere."""

    @property
    def cpu_s(self) -> float:
        return sum(process.cpu_s for process in self.processes)

    @property
    def wait_s(self) -> float:
        return sum(process.wait_s for process in self.processes)


class Left(Record):
    """What was still there after the call had returned and had been given a moment to finish."""

    threads: list[Stack] = []
    tasks: list[Stack] = []
    processes: int = 0
    operations: int = 0
    """Operations that were in flight at the moment of the return."""


class Notice(Record):
    """Something that Python only prints: an exception in a thread, a coroutine never awaited."""

    kind: str
    """"thread died", "never awaited", "never retrieved"."""
    text: str
    line: int | None = None


class Run(Record):
    """Everything observed of one call of the attempt (or of sync, or of the reference)."""

    function: str
    outcome: Outcome
    started_s: float
    wall_s: float
    spans: list[Span] = []
    early_operations: int = 0
    """Operations asked before the clock started."""
    cpu: CpuUse = CpuUse(processes=[], accounted=False)
    import_cpu_s: float = 0.0
    left: Left = Left()
    notices: list[Notice] = []
    samples: list[Stack] = []
    """Stacks of the main thread and of the tasks, taken now and then while it ran."""
    loop_gap_s: float | None = None
    """Longest time that the event loop did not come round; None without an event loop."""
    late_s: float = 0.0
    """How late the world's own answers were, summed: time that is the machine's fault, not the attempt's."""
    output: str = ""
    debugged: bool = False
    source: str = ""
    """The text of the file that ran."""

    @property
    def end_s(self) -> float:
        return self.started_s + self.wall_s


# --- what it means ---------------------------------------------------------------------------------


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"


class Code(StrEnum):
    """The named mistakes. The order is how telling each is: the first that a learner has is shown first."""

    SYNTAX_ERROR = "SYNTAX_ERROR"
    MISSING = "MISSING"
    NO_GUARD = "NO_GUARD"
    PICKLE = "PICKLE"
    DEADLOCK = "DEADLOCK"
    HANG = "HANG"
    BAD_RESULT_TYPE = "BAD_RESULT_TYPE"
    RACE = "RACE"
    OVERDRAFT = "OVERDRAFT"
    LEAK_TASK = "LEAK_TASK"
    LOST = "LOST"
    SWALLOWED = "SWALLOWED"
    DUPLICATE = "DUPLICATE"
    ORDER = "ORDER"
    CRASHED = "CRASHED"
    NO_CANCEL = "NO_CANCEL"
    BLOCKS_LOOP = "BLOCKS_LOOP"
    WORK_SKIPPED = "WORK_SKIPPED"
    WORK_MULTIPLIED = "WORK_MULTIPLIED"
    GIL_BOUND = "GIL_BOUND"
    OVER_LIMIT = "OVER_LIMIT"
    UNBOUNDED = "UNBOUNDED"
    TOO_FAST = "TOO_FAST"
    LEAK_THREAD = "LEAK_THREAD"
    LEAK_PROC = "LEAK_PROC"
    LEAK_SESSION = "LEAK_SESSION"
    LEAK_SHM = "LEAK_SHM"
    BUSY_WAIT = "BUSY_WAIT"
    SERIAL = "SERIAL"
    UNDER_USED = "UNDER_USED"
    LATE = "LATE"
    WRONG_TOOL = "WRONG_TOOL"
    WRONG_RESULT = "WRONG_RESULT"
    STUB_UNCHANGED = "STUB_UNCHANGED"
    INCONCLUSIVE = "INCONCLUSIVE"


class Diagnosis(Record):
    """The named mistake: one sentence with the numbers of this run, and one hint."""

    code: Code
    sentence: str
    hint: str
    line: int | None = None


class Speed(Record):
    """What a race measured; ratios, never bare seconds, are what is compared between machines."""

    speedup: float
    goal: float
    limit: float
    sync_s: float
    attempt_s: float
    reference: float | None = None
    rounds: int = 1
    clock: str = "wall"
    """"wall": the grader's clock; "corrected": without the time that other programs took."""
    overlapped: bool = False
    """The evidence shows work side by side: partial credit may be given."""


class Judgement(Record):
    """What a race's evidence amounts to; `why` completes "cannot be judged: ..." when inconclusive."""

    verdict: Verdict
    speed: Speed | None = None
    """None when a run brought no right result: then its time means nothing."""
    diagnosis: Diagnosis | None = None
    why: str = ""


class CheckResult(Record):
    """The answer to one check, as learner, instructor and CI see it."""

    id: str
    title: str
    verdict: Verdict
    score: float
    max_score: float
    seconds: float
    diagnosis: Diagnosis | None = None
    speed: Speed | None = None
    timeline: str = ""
    output: str = ""
    detail: str = ""


class AttemptResult(Record):
    """The answer to one attempt at one exercise."""

    exercise: str
    verdict: Verdict
    score: float
    max_score: float
    speed: Speed | None
    diagnosis: Diagnosis | None
    attempt_sha256: str | None
    checks: list[CheckResult]
