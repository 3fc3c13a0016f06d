"""Worker pools whose behaviour is decided here, step by step: one that is right, and some with a planted bug.

In the attempt's process there is only a client (a scenario's), which is the same for every pool: it reports what has
happened ("job 2 has ended"), and is told what to do next ("start job 3"). So nothing in that process, no name, source
or attribute, tells a right pool from a broken one; only its behaviour does. The jobs are the attempt's own, and reports
of them are believed: an attempt that sends the client's requests by itself is answered, and no job has run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from checker.attempt import wire
from checker.world.ledger import Ledger
from checker.world.operations import Operation

MAX_JOBS = 1000
MAX_RUNS = 1000
"""In one call of an attempt. No test needs more."""

Instruction = list[Any]
"""What to do, and with what: see `Pools`."""


class Bug(StrEnum):
    """What may be wrong with a pool. Each has a subtle form, which takes a better test to be noticed."""

    LOST_UPDATE = "lost update"
    """Of jobs that run at the same time, only one is counted. (Subtle: the same.)"""
    ORDER = "order"
    """Results come in the order in which the jobs end. Subtle: only if some jobs had to wait for a place."""
    LEAK = "leak"
    """If a job fails, no connection is closed any more. Subtle: only its own is not."""
    UNBOUNDED = "unbounded"
    """All jobs run at once. Subtle: one more than allowed."""
    SWALLOWED = "swallowed"
    """A job's error is dropped, and its result is None. Subtle: except the first job's."""
    HANG = "hang"
    """It never comes back if a job has failed. Subtle: if there is no job."""


@dataclass
class _Pool:
    limit: int
    done: int = 0


@dataclass
class _Run:
    """One call of a pool's run."""

    pool: _Pool
    jobs: int
    begun: int = 0
    in_flight: set[int] = field(default_factory=set)
    ended: list[int] = field(default_factory=list)
    counted_at_begin: dict[int, int] = field(default_factory=dict)
    failed: int | None = None
    leaky: bool = False
    closing: list[Instruction] = field(default_factory=list)
    rested: bool = False
    """It has rested before the next step."""


class Pools:
    """Makes pools, all of them right, or all with the same bug. One operation for the attempt's side:

        ("run", pool, limit, jobs) -> [run, instructions]
        ("ended", run, [[job, ok], ...]) -> [how many jobs this pool has done, instructions]

    where `pool` is a number by which the client knows a pool, and `jobs` says how many there are. Each question is a
    request on a socket, so jobs that end at the same moment are reported in one.

    Instructions, to be followed in turn, before anybody waits for the end of a job: ["start", [job, ...]], each with a
    connection of its own; ["close", job]: its connection; ["return", [job, ...]]: the results of these jobs (None for
    one that failed); ["raise", job]: its error; ["rest", seconds]: and then "ended", with the jobs that have, if any.

    pace_s: how long the pool takes for each step, a right one also between two starts; a right pool may be slow. It
    decides afterwards, by what has happened until then.
    """

    def __init__(self, bug: Bug | None = None, subtle: bool = False, pace_s: float = 0.0) -> None:
        self.bug = bug
        self.subtle = subtle
        self._pace_s = pace_s
        self._pools: dict[int, _Pool] = {}
        self._runs: list[_Run] = []
        self._events: dict[str, Callable[..., Any]] = {"run": self._run, "ended": self._ended}
        # A report is no operation of the attempt's: it goes into a ledger that nobody reads.
        self.operation = Operation(Ledger(), "pool", 0.0, self._answer, blocking=True)

    def describe(self) -> wire.Plain:
        return self.operation.describe()

    def _answer(self, _caller: str, event: str, *facts: Any) -> Any:
        """Raises LookupError, TypeError or ValueError for a report that the client never makes."""
        return self._events[event](*facts)

    def _run(self, pool: int, limit: int, jobs: int) -> list[Any]:
        if type(limit) is not int or limit < 1:
            raise ValueError("the limit of a pool is a whole number from 1 on")
        if type(jobs) is not int or not 0 <= jobs <= MAX_JOBS or len(self._runs) >= MAX_RUNS:
            raise ValueError(f"a pool does at most {MAX_JOBS} jobs")
        run = _Run(self._pools.setdefault(pool, _Pool(limit)), jobs)
        self._runs.append(run)
        hangs = jobs == 0 and self._has(Bug.HANG) and self.subtle
        return [len(self._runs) - 1, [] if hangs else self._step(run)]

    def _ended(self, run_number: int, ends: list[list[Any]]) -> list[Any]:
        run = self._runs[run_number]
        for job, ok in ends:
            self._end(run, job, ok)
        return [run.pool.done, self._step(run)]

    def _step(self, run: _Run) -> list[Instruction]:
        """What to do now. A slow pool rests first."""
        run.rested = self._pace_s > 0 and not run.rested
        if run.rested:
            return [["rest", self._pace_s]]
        closing, run.closing = run.closing, []
        return [*closing, *self._go_on(run)]

    def _end(self, run: _Run, job: int, ok: bool) -> None:
        run.in_flight.remove(job)
        if ok:
            run.ended.append(job)
            before = run.counted_at_begin[job] if self._has(Bug.LOST_UPDATE) else run.pool.done
            run.pool.done = before + 1
        elif self._has(Bug.SWALLOWED) and not (self.subtle and job == 0):
            run.ended.append(job)
        elif run.failed is None:
            run.failed = job
        run.closing += self._close(run, job, ok)

    def _close(self, run: _Run, job: int, ok: bool) -> list[Instruction]:
        if self._has(Bug.LEAK) and not ok:
            run.leaky = not self.subtle
            return []
        return [] if run.leaky else [["close", job]]

    def _go_on(self, run: _Run) -> list[Instruction]:
        """Start what may start now; at the end of all, come back."""
        more = [] if run.failed is not None else self._start(run)
        if more:
            return [["start", more], *self._before_another(run)]
        if run.in_flight:
            return []
        if run.failed is None:
            return [["return", self._in_order(run)]]
        return [] if self._has(Bug.HANG) and not self.subtle else [["raise", run.failed]]

    def _start(self, run: _Run) -> list[int]:
        free = min(self._width(run) - len(run.in_flight), 1 if self._takes_its_time(run) else run.jobs)
        more = list(range(run.begun, min(run.jobs, run.begun + free)))
        run.begun += len(more)
        run.in_flight.update(more)
        run.counted_at_begin.update(dict.fromkeys(more, run.pool.done))
        return more

    def _takes_its_time(self, run: _Run) -> bool:
        """Whether it rests between two starts, as any pool may: a test must not count on jobs that run at once.

        Only a right pool that is slow does. (In a broken one, the rest would hide the bug from tests that wait for the
        first step alone.) Where each job has a place from the beginning, all are begun then: that one of them fails
        soon is no reason not to begin another.
        """
        return self.bug is None and self._pace_s > 0 and run.jobs > run.pool.limit

    def _before_another(self, run: _Run) -> list[Instruction]:
        run.rested = self._takes_its_time(run) and run.begun < run.jobs and len(run.in_flight) < self._width(run)
        return [["rest", self._pace_s]] if run.rested else []

    def _width(self, run: _Run) -> int:
        if not self._has(Bug.UNBOUNDED):
            return run.pool.limit
        return run.pool.limit + 1 if self.subtle else run.jobs

    def _in_order(self, run: _Run) -> list[int]:
        mixed_up = self._has(Bug.ORDER) and not (self.subtle and run.jobs <= run.pool.limit)
        return run.ended if mixed_up else sorted(run.ended)

    def _has(self, bug: Bug) -> bool:
        return self.bug is bug
