"""How the work was done: what was left, how many at once, with which tools, at what cost."""

from __future__ import annotations

from checker.checks.expect.demands import Demands
from checker.judge.cores import cores
from checker.judge.diagnosis import conduct, crossing, findings, flow, pools, rest, side_by_side, sockets, undone
from checker.model.outcome import Returned
from checker.observe.cpus import usable_cpus

IMPORT_CPU_S = 0.5
"""Importing the largest library that an exercise needs (aiohttp) costs half of this."""


class Conduct(Demands):
    """How the work was done: what was left, how many at once, with which tools, at what cost."""

    def expect_nothing_left(self) -> None:
        """No thread, task, process, operation or shared memory of the call outlived it."""
        self._ended_well()
        self._require(conduct.leftovers(self.observed))

    def expect_in_flight(
        self,
        at_least: int = 1,
        at_most: int = conduct.NO_LIMIT,
        hint: str | None = None,
        too_few_hint: str | None = None,
        name: str | None = None,
    ) -> None:
        """How many operations (of this name) were in flight at once, at the peak. hint: what helps if too many were."""
        self._ended_well()
        run = conduct.only(self.observed, name)
        self._require(conduct.width(run, 0, at_most, hint))
        if at_least:
            self._not_mistaken()
            self._require(undone.nothing_asked(self.observed))
        too_few = conduct.width(run, at_least, conduct.NO_LIMIT, too_few_hint)
        self._require(too_few, self._spare_s(*([name] if name else [])))

    def expect_side_by_side(self, name: str | None = None) -> None:
        """At least two operations (of this name) were in flight at the same time. It may have raised."""
        self._not_mistaken()
        self._require(side_by_side.never(self.observed, name), side_by_side.hold_up_s(self.observed, name))

    def expect_threads(self, at_most: int) -> None:
        """The call never had more than `at_most` threads."""
        _ = self.value
        self._require(conduct.threads(self.observed, at_most))

    def expect_cores(self, at_most: int) -> None:
        """Its threads, which let go of the GIL, kept no more than `at_most` cores busy: no more of them compute."""
        _ = self.value
        kept = cores(self.observed, usable_cpus(), gil_free=True)
        most = at_most + conduct.PART_OF_A_CORE
        self._at_most(most, kept, lambda: conduct.busy_cores(self.observed, kept.least, at_most))

    def expect_processes(self, at_most: int) -> None:
        """The call never had more than `at_most` processes."""
        self._require(conduct.processes(self.observed, at_most))

    def expect_memory(self, at_most_mib: float) -> None:
        """The call never needed more memory than that (where the system tells), in one process: of that it is told."""
        _ = self.value
        self.expect_processes(at_most=1)
        self._require(conduct.memory(self.observed, int(at_most_mib * 2**20)))

    def expect_little_transferred(self, at_most_kb: float, hint: str | None = None) -> None:
        """No more than that went from one of its processes to another (where the system tells)."""
        self._ended_well()
        too_much = crossing.too_much(self.observed, int(at_most_kb * 1000), hint)
        self._require(too_much, blind=self.observed.transfer_hidden, why=crossing.HIDDEN)

    def expect_cheap_import(self) -> None:
        """Importing attempt.py does no work to speak of."""
        _ = self.value
        self._require(conduct.import_cost(self.observed, IMPORT_CPU_S))

    def expect_operations(self, name: str, times: int, hint: str | None = None) -> None:
        """The attempt did this operation exactly `times` times; if it raised, at most. hint: what helps if not."""
        self._ended_well()
        wrong = flow.done(self.observed, name, times, hint)
        if wrong is not None and isinstance(self.observed.outcome, Returned):
            self._not_mistaken()  # perhaps it did ask, and keeps what became of that
        self._require(wrong)

    def expect_rest(self) -> None:
        """It waited without using a core for it."""
        self._not_mistaken()
        run = self.observed
        self._at_most(0, rest.spinning(run), lambda: rest.busy_wait(run), rest.why_open(run))

    def expect_effort(self, at_most: float, hint: str) -> None:
        """The call used no more than this share of a core while it lasted."""
        _ = self.value
        run = self.observed
        self._at_most(at_most, findings.effort(run), lambda: findings.too_much_effort(run, at_most, hint), _DEAR)

    def expect_given_pool(self, function: str, used: bool, left_open: bool, by_threads: bool = False) -> None:
        """The pool that a function was given got work, and takes more of it afterwards: as a scenario has seen.

        by_threads: threads of its own did the work. Where they compute at once, that is as good.
        """
        _ = self.value
        self._require(pools.misused(function, used or (by_threads and not self.observed.gil), left_open))

    def expect_no_thread_died(self, hint: str | None = None) -> None:
        """No exception ended a thread without anybody being told. hint: what helps here, if not the usual."""
        self._require(flow.thread_died(self.observed, hint))

    def expect_no_import(self, module: str) -> None:
        """The text of the attempt does not import this module."""
        self._require(sockets.imported(self.observed, module))


_DEAR = "it used more of a core than it may, and a busy machine may be to blame; run it again when nothing else runs"
