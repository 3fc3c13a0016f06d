"""What all families of demands stand on: one call that is over, and the judge."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any, Self

from checker.judge import overlap
from checker.judge.between import Between
from checker.judge.claim import HELD_UP, Claim, none
from checker.judge.diagnosis import mistaken, outcome, waits
from checker.judge.judge import judge
from checker.model.answer import Answer, Diagnosis, Verdict
from checker.model.evidence import Round, Run
from checker.model.outcome import Hung, Returned


class CheckFailed(Exception):
    """The evidence says that the check is not met, or that nothing can be said: `answer` tells which."""

    def __init__(self, answer: Answer) -> None:
        found = answer.diagnosis
        super().__init__(f"{found.code}: {found.sentence}" if found is not None else answer.why)
        self.answer = answer


class Demands:
    """One call of the attempt that is over."""

    def __init__(self, run: Run) -> None:
        self.observed = run
        self._may_raise = False
        self._margin_s = inf

    @property
    def value(self) -> Any:
        """What the attempt returned. Raises CheckFailed when it did not return."""
        # A call that missed its deadline returns, with another result or an error. One that never returns hangs.
        margin_s = inf if isinstance(self.observed.outcome, Hung) else self._margin_s
        self._claim(none(outcome.failure(self.observed), margin_s))
        assert isinstance(self.observed.outcome, Returned)
        return self.observed.outcome.value

    @property
    def told(self) -> dict[str, Any]:
        """What a scenario told, by name; nothing where something else came. Raises CheckFailed as `value` does."""
        value = self.value
        return value if type(value) is dict else {}

    def within(self, margin_s: float) -> Self:
        """There is a deadline: a call that was held up from outside for longer than this may have missed it."""
        self._margin_s = margin_s
        return self

    def _ended_well(self) -> None:
        """It returned, or raised what `expect_raised` has asked for."""
        if not self._may_raise:
            _ = self.value

    def _not_mistaken(self) -> None:
        """It may have raised. But if a mistake of its own ended it, it shows nothing else: that is told first."""
        self._require(mistaken.mistake(self.observed))

    def _require(
        self, complaint: Diagnosis | None, margin_s: float = inf, blind: bool = False, why: str = HELD_UP
    ) -> None:
        """`margin_s`: a call held up from outside for longer may be right all the same. `blind`, `why`: as in none."""
        self._claim(none(complaint, min(margin_s, self._margin_s), blind=blind, why=why))

    def _at_most(self, most: float, seen: Between, tell: Callable[[], Diagnosis], why: str = HELD_UP) -> None:
        """The value seen in this call is at most `most`. `tell`, `why`: as in Claim."""
        self._claim(Claim(lambda _: seen, lambda _: tell(), at_most=most, against=1, why=lambda _: why))

    def _spare_s(self, *names: str) -> float:
        """Others' share of the time that the shortest of these operations takes; without names, of all.

        A right attempt that was held up from outside for so long may have asked too late to be seen side by side, or
        to end an operation. No limit if none was asked.
        """
        lasting_s = [waits.shortest_s(self.observed, name) for name in names or (None,)]
        return overlap.SPARE * min((length_s for length_s in lasting_s if length_s), default=inf)

    def _claim(self, claim: Claim) -> None:
        judgement = judge([claim], [Round(attempt=self.observed)])
        if judgement is not None and judgement.verdict is not Verdict.PASSED:
            raise CheckFailed(judgement.answer())
