"""A learner's standing in each exercise, from all runs so far. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from checker.model.answer import CheckResult, Diagnosis, Speed, Verdict
from checker.model.exercise import FULL_SCORE, Exercise
from checker.model.record import Record


class CheckedOnce(Record):
    """The part of a CheckResult that is needed here."""

    id: str
    verdict: Verdict
    max_score: float


class Outcome(Record):
    """The part of an AttemptResult that is needed here. It is read from the same JSON, without the pictures."""

    verdict: Verdict
    speed: Speed | None
    diagnosis: Diagnosis | None
    attempt_sha256: str | None
    checks: list[CheckedOnce]

    @property
    def passed(self) -> int:
        """The number of passed checks."""
        return sum(check.verdict is Verdict.PASSED for check in self.checks)


class Try(Record):
    """One run of an exercise's checks, or of some of them."""

    at: datetime
    key: str
    """Equal for the same attempt with the same checks."""
    outcome: Outcome


class State(StrEnum):
    """The state of an exercise."""

    PASSED = "passed"
    IN_PROGRESS = "in progress"
    UNTOUCHED = "untouched"
    MISSING = "missing"


class Standing(Record):
    """A learner's standing in one exercise."""

    number: str
    state: State
    best: float | None = None
    """The best speed-up of a passed attempt."""
    tries: int = 0
    changed: bool = False
    """It was passed, but the file has changed since."""


def standing(number: str, tries: Sequence[Try], sha256: str | None, stub_sha256: str | None) -> Standing:
    """`sha256`: of the current attempt; None: there is no file. `tries`: runs of this exercise, oldest first."""
    passing = passing_sha256s(tries)
    if passing:
        state = State.PASSED
    elif sha256 is None:
        state = State.MISSING
    else:
        state = State.UNTOUCHED if sha256 == stub_sha256 else State.IN_PROGRESS
    return Standing(
        number=number, state=state, best=best_speedup(tries), tries=len(tries),
        changed=state is State.PASSED and sha256 not in passing,
    )  # fmt: skip


def passing_sha256s(tries: Iterable[Try]) -> list[str]:
    """The attempts that passed all checks of the exercise, in one run or in several, oldest first."""
    checks: dict[str, dict[str, CheckedOnce]] = {}
    passing: dict[str, None] = {}
    for each in tries:
        latest = checks.setdefault(each.key, {})
        # A check that could not be judged this time does not replace an earlier result.
        latest |= {
            check.id: check for check in each.outcome.checks if check.id not in latest or check.verdict.is_judged
        }
        sha256 = each.outcome.attempt_sha256
        if sha256 is not None and is_complete_pass(latest.values()):
            passing.pop(sha256, None)
            passing[sha256] = None
    return list(passing)


def passed(tries: Mapping[str, Sequence[Try]]) -> set[str]:
    """The numbers of the passed exercises. `tries`: all runs, by the exercise's number."""
    return {number for number, found in tries.items() if passing_sha256s(found)}


def is_complete_pass(checks: Collection[CheckedOnce | CheckResult]) -> bool:
    """Whether all checks of the exercise were run and passed.

    Points of 1.1, 2.3, 2.9 and 3.7 add up to 10 in one order, and to a little less in another.
    """
    all_passed = all(check.verdict is Verdict.PASSED for check in checks)
    return all_passed and round(sum(check.max_score for check in checks), 1) >= FULL_SCORE


def best_speedup(tries: Iterable[Try]) -> float | None:
    """The best speed-up of a run that was passed. (The time of a wrong result means nothing.)"""
    speeds = [each.outcome.speed for each in tries if each.outcome.verdict is Verdict.PASSED]
    return max((speed.speedup for speed in speeds if speed is not None), default=None)


def next_one(exercises: Sequence[Exercise], passed: Iterable[str], after: str = "") -> Exercise | None:
    """The next exercise to do: the first one after the number `after` whose requirements are met, else the first one.

    Required exercises that are not in the learner's folder count as met. None: all exercises are passed.
    """
    done, there = set(passed), {exercise.number for exercise in exercises}
    ready = [
        exercise
        for exercise in exercises
        if exercise.number not in done and all(each in done or each not in there for each in exercise.requires)
    ]
    left = ready or [exercise for exercise in exercises if exercise.number not in done]
    return next((exercise for exercise in left if exercise.number > after), left[0] if left else None)


def since(before: Outcome | None, now: Mapping[str, Verdict]) -> str:
    """ "was 5 of 7, now 6": checks passed, of those that both runs had; "" without an earlier run or without a change.

    `now`: the verdict of each check of this run, by its id.
    """
    earlier = {check.id: check.verdict for check in before.checks} if before is not None else {}
    both = [name for name in now if name in earlier]
    was, is_now = (sum(each[name] is Verdict.PASSED for name in both) for each in (earlier, now))
    return f"was {was} of {len(both)}, now {is_now}" if both and was != is_now else ""
