"""One call of the attempt, and what must be true of it."""

from __future__ import annotations

from collections.abc import Collection
from math import inf
from typing import Any

from checker.judge.diagnosis import (
    backpressure,
    closing,
    conduct,
    locks,
    outcome,
    promises,
    rest,
    result,
    side_by_side,
    waits,
)
from checker.judge.plan import Needs
from checker.model.answer import Diagnosis, Verdict
from checker.model.evidence import Raised, Returned, Run
from checker.world.accounts import Accounts

IMPORT_CPU_S = 0.5
"""Importing the largest library that an exercise needs (aiohttp) costs half of this."""


class CheckFailed(Exception):
    """The evidence says that the check is not met, or that nothing can be said."""

    def __init__(self, verdict: Verdict, run: Run, diagnosis: Diagnosis | None, why: str = "") -> None:
        super().__init__(f"{diagnosis.code}: {diagnosis.sentence}" if diagnosis else why)
        self.verdict = verdict
        self.run = run
        self.diagnosis = diagnosis
        self.why = why


class Call:
    """One call of the attempt that is over, and what must be true of it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._may_raise = False
        self._margin_s = inf

    @property
    def value(self) -> Any:
        """What the attempt returned. Raises CheckFailed when it did not return."""
        self._require(outcome.failure(self.run))
        assert isinstance(self.run.outcome, Returned)
        return self.run.outcome.value

    def within(self, margin_s: float) -> Call:
        """There is a deadline: who was held up from outside for longer than this may have missed it."""
        self._margin_s = margin_s
        return self

    def expect_result(self, expected: object) -> None:
        """It returned exactly this: equal in value and type, all the way down."""
        _ = self.value
        self._require(result.mismatch(self.run, expected))

    def expect_raised(self, kind: str) -> None:
        """An exception of this type (or a subclass of it) reached the caller."""
        if not isinstance(self.run.outcome, Returned | Raised):
            _ = self.value
        if not result.did_raise(self.run, kind):
            self._require(result.not_raised(self.run, kind))
        self._may_raise = True

    def expect_error_names(self, *words: str) -> None:
        """The message of the exception (or of one of its group's members) has each of these words."""
        self._require(result.unnamed(self.run, words))

    def expect_nothing_left(self) -> None:
        """No thread, task, process or operation of the call outlived it."""
        if not self._may_raise:
            _ = self.value
        self._require(conduct.leftovers(self.run))

    def expect_in_flight(self, at_least: int = 1, at_most: int = conduct.NO_LIMIT, hint: str | None = None) -> None:
        """So many operations were in flight at once, at the peak. hint: what helps whoever has too many."""
        _ = self.value
        self._require(conduct.width(self.run, 0, at_most, hint))
        self._require(conduct.width(self.run, at_least, conduct.NO_LIMIT), waits.shortest_s(self.run))

    def expect_needs_met(self, needs: Needs) -> None:
        """No operation began before those that it needs (all by their keys) had ended."""
        early = waits.needs_met(self.run, needs)
        if early is not None:
            wrong, self.run = early
            self._require(wrong)

    def expect_no_new_operation(self) -> None:
        """Nothing began after the call had returned."""
        self._require(waits.started_after(self.run))

    def expect_cancelled(self, name: str, times: int) -> None:
        """Exactly so many operations of this name (or key) were cancelled."""
        self._require(waits.cancelled(self.run, name, times))

    def expect_tidied_up(self, name: str) -> None:
        """Whichever of these operations were cancelled: each tidied up before the call returned."""
        self._require(waits.tidied_up(self.run, name))

    def expect_not_waiting_for(self, name: str) -> None:
        """The call returned before any operation of this name (or key) could have ended by itself."""
        self._require(waits.not_waited_for(self.run, name), waits.shortest_s(self.run, name) / 2)

    def expect_rest(self) -> None:
        """It waited without using a core for it."""
        self._require(rest.rested(self.run))
        if rest.starved(self.run):
            raise CheckFailed(Verdict.INCONCLUSIVE, self.run, None, _STARVED)

    def expect_loop_alive(self, name: str) -> None:
        """The event loop, if there is one, came round during each of these (long) operations."""
        self._require(waits.loop_alive(self.run, name), waits.shortest_s(self.run, name))

    def expect_threads(self, at_most: int) -> None:
        """The call never had more than so many threads."""
        _ = self.value
        self._require(conduct.threads(self.run, at_most))

    def expect_processes(self, at_most: int) -> None:
        """The call never had more than so many processes."""
        self._require(conduct.processes(self.run, at_most))

    def expect_memory(self, at_most_mib: float) -> None:
        """The call never needed more memory than that (where the system tells)."""
        _ = self.value
        self._require(conduct.memory(self.run, int(at_most_mib * 2**20)))

    def expect_connections(self, at_most: int) -> None:
        """Not more than so many connections to web sites were opened: they were used again."""
        self._require(conduct.connections(self.run, at_most))

    def expect_cheap_import(self) -> None:
        """Importing attempt.py does no work to speak of."""
        _ = self.value
        self._require(conduct.import_cost(self.run, IMPORT_CPU_S))

    def expect_operations(self, name: str, times: int) -> None:
        """The attempt did this operation exactly so often."""
        if not self._may_raise:
            _ = self.value
        self._require(conduct.done(self.run, name, times))

    def expect_before(self, first: str, then: str) -> None:
        """For each key, no operation `then` began before its own operation `first` had been answered."""
        self._require(conduct.too_early(self.run, first, then))

    def expect_lock_order(self) -> None:
        """No two threads took locks in different orders, so that they can never wait for each other."""
        self._require(locks.order(self.run))

    def expect_no_lost_update(self, accounts: Accounts) -> None:
        """No balance was written that had changed since it was read."""
        self._require(conduct.lost_updates(self.run, accounts.lost_updates))

    def expect_never_negative(self, accounts: Accounts) -> None:
        """No account was ever below zero."""
        self._require(conduct.overdrafts(self.run, accounts.lowest))

    def expect_balances(self, accounts: Accounts, expected: dict[str, int]) -> None:
        """The accounts hold exactly this now."""
        self._require(conduct.balances(accounts.balances, expected))

    def expect_backlog(self, made: str, taken: str, at_most: int, hint: str | None = None) -> None:
        """At no moment had more operations `made` been answered than `taken` had begun, by more than so many."""
        self._require(backpressure.piled_up(self.run, made, taken, at_most, hint))

    def expect_kept(self, promised: str, kept: str, spared: Collection[str] = ()) -> None:
        """Each key with an operation `promised` also had one `kept`, to its end, before the return or the death."""
        self._require(promises.broken(self.run, promised, kept, spared))

    def expect_side_by_side(self, name: str | None = None) -> None:
        """At least two operations (of this name) were in flight at the same time. It may have raised."""
        self._require(side_by_side.never(self.run, name), side_by_side.hold_up_s(self.run, name))

    def expect_closed(self, operation: str, what: str) -> None:
        """`what` was opened, and this operation, which closes it, came to its end before the return."""
        self._require(closing.left_open(self.run, operation, what))

    def expect_nothing_remembered(self, what: str) -> None:
        """Its result, a number that the scenario has counted, is 0: no such thing is referred to any longer."""
        self._require(closing.remembered(self.run, self.value, what))

    def _require(self, diagnosis: Diagnosis | None, margin_s: float = inf) -> None:
        """`margin_s`: who was held up from outside for longer may be right all the same."""
        if diagnosis is None:
            return
        if self.run.delayed_s > min(margin_s, self._margin_s):
            raise CheckFailed(Verdict.INCONCLUSIVE, self.run, None, HELD_UP)
        verdict = Verdict.INCONCLUSIVE if self.run.debugged else Verdict.FAILED
        raise CheckFailed(verdict, self.run, diagnosis)


HELD_UP = "other programs held it up for longer than this check allows for; close some, and run it again"
_STARVED = "other programs left it hardly any time on a core; close some, and run it again"
