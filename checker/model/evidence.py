"""What is observed of one call: operations, stacks, CPU time, outcome. Frozen records.

Times are seconds; `*_s` fields that are moments are on the grader's clock, `time.perf_counter`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec

from checker.model.exercise import ATTEMPT
from checker.model.outcome import LockStep, LockTime, Outcome, Stack
from checker.model.record import Record

CLEANUP = " cleanup"
"""Ends the name of the operation by which one that was cancelled tidies up."""
ANSWERS = ("answered", "failed")
"""Outcomes of an operation that was there to its end: a failure is an answer, too."""


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
    self_reported: bool = False
    """The attempt said when it began and ended, through the scenario that drives it: what is late, it made late."""
    connection: int = 0
    """The connection that carried it, by its number; 0 when it had one to itself, or if unknown."""
    mark: str = ""
    """What is wrong with it, in a few words, for the picture."""

    @property
    def over_s(self) -> float:
        """How much longer than decided it took; 0 while it is open."""
        return self.end_s - self.start_s - self.latency_s if self.end_s is not None else 0.0


class Connection(Record):
    """A connection to the world's web site, or to another server; one may carry many requests."""

    opened_s: float
    closed_s: float | None = None
    number: int = 0
    """In the order of opening, from 1 on."""
    opener: str = ""
    """The thread or task of the attempt that opened it; "" when it cannot be known (plain HTTP)."""
    key: str = ""
    """For whom, or for what, it was opened, where the attempt had to say so."""


class Reply(Record):
    """What a client of the grader's got from a server that the attempt runs."""

    what: str
    """What it asked for, such as "GET /city/Oslo"."""
    status: int | None
    """The HTTP status; None where there was none."""
    answer: Any
    """The body: JSON where it is, else text."""
    began_s: float
    ended_s: float
    trouble: str = ""
    """Why there was no answer, or not a whole one."""


class NotAsked:
    """Stands for the answer of an operation that was never done."""

    def __repr__(self) -> str:
        return "(an answer that was never asked for)"


NOT_ASKED = NotAsked()


class Slice(Record):
    """Scheduler accounting of one process between two samples."""

    end_s: float
    cpu_s: float
    wait_s: float
    """Runnable, but waiting for a core."""


class ThreadUse(Record):
    """Scheduler accounting of one thread over the run."""

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
    slices: tuple[Slice, ...]
    helper: bool = False
    """The standard library's own: it does no work of the attempt's."""
    each_thread: tuple[ThreadUse, ...] = ()
    """What was seen of its threads; one that was born and died between two samples was not."""


class CpuUse(Record):
    """Scheduler accounting of the attempt's process tree over the run."""

    processes: tuple[ProcessUse, ...]
    accounted: bool = True
    """False: this platform does not tell how long a process waited for a core; `wait_s` is 0 everywhere."""
    counted_s: float | None = None
    """CPU seconds of all of them as the kernel counts them together, also of what lived between two looks."""

    @property
    def cpu_s(self) -> float:
        return max(self.counted_s or 0.0, sum(process.cpu_s for process in self.processes))

    @property
    def wait_s(self) -> float:
        return sum(process.wait_s for process in self.processes)


class Left(Record):
    """What was still there after the call had returned and had been given a moment to finish."""

    threads: tuple[Stack, ...] = ()
    tasks: tuple[Stack, ...] = ()
    processes: int = 0
    operations: int = 0
    """Operations that were in flight at the moment of the return."""
    connections: int = 0
    """Connections to web sites that stayed open."""
    segments: tuple[str, ...] = ()
    """Names of shared memory that was made and not unlinked."""


class Notice(Record):
    """Something that Python only prints: an exception in a thread, a coroutine never awaited."""

    kind: str
    """"thread died", "task died", "never awaited", "never retrieved", "never closed", "pool never closed"."""
    text: str
    line: int | None = None


MOST_NOTICES = 20
"""No more are kept of a run. Where there are as many, there may have been more."""


class Beat(Record):
    """One question whether the event loop goes round, and its answer."""

    asked_s: float
    came_s: float
    sure: bool = True
    """It was the loop that answered: when it was asked, its thread waited for events. (False: any thread may have.)"""


class Starts(Record):
    """What the attempt's process itself says that it has started during the call."""

    threads: int = 1
    """Most threads at once, without those of the library."""
    library_threads: int = 0
    """Most at once of those that libraries began for themselves (aiohttp; before the call also others, in C)."""
    processes: int = 0
    """In all, beside its own."""
    interpreters: bool = False
    """There were some beside its main one, each with a GIL of its own."""


MOST_READ = 100_000
"""Characters. An attempt has a few thousand; a longer one is graded as all are, and not searched for what helps."""


class Run(Record):
    """Everything observed of one call of the attempt (or of sync, or of the reference)."""

    function: str
    outcome: Outcome
    started_s: float
    wall_s: float
    spans: tuple[Span, ...] = ()
    connections: tuple[Connection, ...] = ()
    early_operations: int = 0
    """Operations asked before the clock started."""
    cpu: CpuUse = CpuUse(processes=(), accounted=False)
    import_cpu_s: float = 0.0
    gil: bool = True
    """Whether threads had to take turns: the interpreter had a GIL before, or says that it had one at either end."""
    gil_came_on: bool = False
    """It had none until it read the attempt, which imports an extension that switches the GIL on."""
    starts: Starts = Starts()
    gil_wait_s: float | None = None
    """How long an extra thread in the attempt's process waited for the GIL, on average; None: not measured."""
    sleeps: int | None = None
    """How often the threads of the attempt's own process went to sleep; None: not counted."""
    memory_bytes: int | None = None
    """How much more memory the attempt's own process needed at its peak than before; None: unknown."""
    transferred_bytes: int | None = None
    """An upper bound for the bytes that went from one of its processes to another; None: unknown."""
    transfer_hidden: bool = False
    """There may be more: the system does not show the account of one of its processes."""
    left: Left = Left()
    notices: tuple[Notice, ...] = ()
    lock_steps: tuple[LockStep, ...] = ()
    lock_times: tuple[LockTime, ...] = ()
    """For pictures and hints: the attempt's process says so, and no verdict depends on it."""
    samples: tuple[Stack, ...] = ()
    """Stacks of the main thread and of the tasks, taken now and then while it ran."""
    beats: tuple[Beat, ...] = ()
    """How the event loop came round; none without an event loop."""
    late_s: float = 0.0
    """How late the world's own answers were, and how long its thread was held up: not the attempt's fault."""
    outside_s: float = 0.0
    """CPU seconds that everything else on the machine used meanwhile, and its host."""
    stolen_s: float = 0.0
    """Of these, the host's of a virtual machine: a thread on such a core stood still, but did not count as waiting."""
    output: str = ""
    lines: tuple[int, ...] = ()
    """Of the attempt's file, those that were run; none unless coverage is measured."""
    debugged: bool = False
    source: str = ""
    """The text of the file that ran; empty where it is longer than MOST_READ."""
    file: str = ATTEMPT
    """The learner's name for it."""

    def notice(self, kind: str) -> Notice | None:
        """The first of this kind."""
        return next((notice for notice in self.notices if notice.kind == kind), None)

    def named(self, name: str) -> list[Span]:
        """The operations of this name, in the order in which they began."""
        return sorted((span for span in self.spans if span.name == name), key=lambda span: span.start_s)

    def with_processes(self, processes: tuple[ProcessUse, ...]) -> Run:
        """The same run, of which only these processes are looked at."""
        return msgspec.structs.replace(self, cpu=msgspec.structs.replace(self.cpu, processes=processes))

    @property
    def end_s(self) -> float:
        return self.started_s + self.wall_s

    @property
    def beats_s(self) -> tuple[float, ...]:
        """Moments at which the event loop came round while the call went on."""
        return tuple(beat.came_s for beat in self.beats if self.started_s < beat.came_s < self.end_s)

    @property
    def loop_gap_s(self) -> float | None:
        """Longest time that the event loop did not come round; None without an event loop."""
        if not self.beats:
            return None
        times = [self.started_s, *self.beats_s, self.end_s]
        return max(after - before for before, after in pairwise(times))

    @property
    def delayed_s(self) -> float:
        """How long the run was delayed from outside, at most: by other programs on its cores, or by a late world."""
        return delay_s(self.cpu.wait_s, self.stolen_s, self.outside_s) + self.late_s


def delay_s(wait_s: float, stolen_s: float, outside_s: float) -> float:
    """How long others, with all of their CPU seconds, kept runnable threads from a core, at most.

    wait_s: of the threads, runnable without a core. While nothing else ran, they waited for each other.
    """
    return min(wait_s + stolen_s, outside_s)


class Round(Record):
    """What is judged together: a run of the attempt and, in a race, sync on the same inputs."""

    attempt: Run
    sync: Run | None = None
    """None in a race in which sync ran once, before all rounds, and where there is no race."""
    together: tuple[Run, ...] = ()
    """Sync in several processes at once: what several cores give at that moment."""
