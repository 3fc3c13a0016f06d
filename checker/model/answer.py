"""Verdicts, diagnoses and the answers to checks and attempts."""

from __future__ import annotations

from enum import StrEnum

from checker.model.record import Record


class Verdict(StrEnum):
    """What is said about a check or an attempt; only PASSED earns all points."""

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
