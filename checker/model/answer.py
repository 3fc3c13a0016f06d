"""Verdicts, diagnoses and the answers to checks and attempts."""

from __future__ import annotations

from enum import StrEnum

from checker.model.codes import Code
from checker.model.picture import Picture
from checker.model.record import Record


class Verdict(StrEnum):
    """What is said about a check or an attempt; only PASSED earns all points."""

    PASSED = "passed"
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"

    @property
    def is_judged(self) -> bool:
        """It says something about the attempt; otherwise points may be missing that were earned."""
        return self in (Verdict.PASSED, Verdict.FAILED)


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
    cores: float | None = None
    """Of work that computes: how many the attempt kept busy, or could have; None: not measured."""
    overlapped: bool = False
    """The evidence shows work side by side: partial credit may be given."""


class Answer(Record):
    """The answer to one check, made once, by the judge: everything that reports need of it."""

    verdict: Verdict
    diagnosis: Diagnosis | None = None
    """What is wrong, when it failed."""
    why: str = ""
    """Completes "cannot be judged: ..." when inconclusive; what broke, when it is an error of ours."""
    note: str = ""
    """Worth knowing, though nothing is wrong."""
    speed: Speed | None = None
    """None without a race, and when a run brought no right result: then its time means nothing."""
    picture: Picture | None = None
    output: str = ""
    """What the attempt printed."""


class CheckResult(Answer, kw_only=True):
    """The answer to one check as learner, instructor and CI see it: with the check's name, and its points."""

    id: str
    title: str
    score: float
    max_score: float
    seconds: float


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
    graded_by: str = ""
    """The checker's version and the machine, in words; "" if unknown."""
