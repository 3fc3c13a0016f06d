"""Nothing lost, nothing made up: accounts, buffers, promises."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from checker.checks.expect.demands import Demands
from checker.judge.diagnosis import backpressure, conduct, flow, promises
from checker.world.accounts import Accounts


class Stock(Demands):
    """Nothing lost, nothing made up: accounts, buffers, promises."""

    def expect_no_lost_update(self, accounts: Accounts, hint: str | None = None) -> None:
        """No balance was written that had changed since it was read. hint: what helps here, if not the usual."""
        self._require(conduct.lost_updates(self.observed, accounts.lost_updates, hint))

    def expect_never_negative(self, accounts: Accounts) -> None:
        """No account was ever below zero."""
        self._require(conduct.overdrafts(self.observed, accounts.lowest))

    def expect_balances(self, accounts: Accounts, expected: dict[str, int]) -> None:
        """The accounts hold exactly this now."""
        self._require(conduct.balances(self.observed, accounts.balances, expected))

    def expect_backlog(self, made: str, used: str, at_least: int, at_most: int) -> None:
        """How many more operations `made` had begun, at the peak, than operations `used` had ended: backpressure."""
        _ = self.value
        self._require(flow.out_of_step(self.observed, made, used, 0, at_most))
        spare_s = flow.spare_s(self.observed, made, used, at_least)
        self._require(flow.out_of_step(self.observed, made, used, at_least, at_most), spare_s)

    def expect_buffered(self, made: str, taken: str, at_most: int, hint: str | None = None) -> None:
        """At no moment had over `at_most` more operations `made` been answered than operations `taken` had begun."""
        self._require(backpressure.piled_up(self.observed, made, taken, at_most, hint))

    def expect_each_once(self, name: str, keys: Sequence[str], hint: str | None = None) -> None:
        """There was exactly one operation of this name for each of these keys. hint: what helps if one was lost."""
        self._ended_well()
        self._not_mistaken()
        self._require(flow.each_once(self.observed, name, keys, hint))

    def expect_kept(self, promised: str, kept: str, spared: Collection[str] = ()) -> None:
        """Each key with an operation `promised` also had one `kept`, to its end, before the return or the death."""
        self._require(promises.broken(self.observed, promised, kept, spared))
