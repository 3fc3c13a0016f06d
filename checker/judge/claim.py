"""A claim: something that must be true of an attempt, and what is said if it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from math import inf
from typing import cast

from checker.judge.between import Between
from checker.model.answer import Diagnosis
from checker.model.evidence import Round, Run

Rounds = Sequence[Round]

AGAINST = 2
"""Rounds that must refute a claim: a single one may be the machine's doing in a way that no accounting shows."""

HELD_UP = "other programs held it up for longer than this check allows for; close some, and run it again"
DEBUGGED = "a debugger was active, so the time means nothing"


class State(Enum):
    """What one round says of a claim."""

    PROVED = auto()
    REFUTED = auto()
    OPEN = auto()


@dataclass(frozen=True)
class Claim:
    """What is seen must lie between `at_least` and `at_most`, both included."""

    seen: Callable[[Rounds], Between]
    """What the last of these rounds shows. Earlier rounds count where minima are compared."""
    tell: Callable[[Rounds], Diagnosis]
    """What is said to the learner, from these rounds, of which the last one refutes the claim."""
    at_least: float = -inf
    at_most: float = inf
    against: int = AGAINST
    """Rounds that must refute it before the attempt fails."""
    earns: bool = True
    """An attempt that fails it may still get points: it did all of the work, perhaps side by side."""
    shown: Callable[[Run], Run] = lambda run: run
    """The run to draw: with marks, for instance."""
    why: Callable[[Round], str] = lambda _: HELD_UP
    """Why it is open. Completes "cannot be judged: ..."."""

    def state(self, rounds: Rounds) -> State:
        """What the last of these rounds says."""
        least, most = self.seen(rounds)
        if self.at_least <= least and most <= self.at_most:
            return State.PROVED
        refuted = most < self.at_least or least > self.at_most
        return State.REFUTED if refuted and not rounds[-1].attempt.debugged else State.OPEN


def of_run(see: Callable[[Run], Between]) -> Callable[[Rounds], Between]:
    """Looks only at the attempt of the last round."""
    return lambda rounds: see(rounds[-1].attempt)


def of_round(tell: Callable[[Round], Diagnosis]) -> Callable[[Rounds], Diagnosis]:
    """Tells only of the last round."""
    return lambda rounds: tell(rounds[-1])


def none(
    complaint: Diagnosis | None,
    margin_s: float = inf,
    shown: Callable[[Run], Run] = lambda run: run,
    blind: bool = False,
    why: str = HELD_UP,
) -> Claim:
    """The claim that there is nothing to complain about in a call.

    margin_s: a call that was held up from outside for longer may be right in spite of a complaint.
    blind: the call was held up so that it could not show the mistake: without a complaint it may be wrong.
    why: why it is open, if it is blind. Completes "cannot be judged: ...".
    """

    def seen(run: Run) -> Between:
        return Between(0.0 if run.delayed_s > margin_s else complaints, 1.0 if blind else complaints)

    complaints = 0.0 if complaint is None else 1.0
    told = why if blind else HELD_UP
    return Claim(
        of_run(seen), lambda _: cast("Diagnosis", complaint), at_most=0.0, against=1, shown=shown, why=lambda _: told
    )
