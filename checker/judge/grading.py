"""From what a check showed to its result, and from the checks to the attempt's. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from checker.judge import score
from checker.model.answer import Answer, AttemptResult, CheckResult, Diagnosis, Verdict
from checker.model.codes import Code

TELLING = list(Code)


def check(answer: Answer, *, name: str, title: str, max_score: float, seconds: float) -> CheckResult:
    """The answer with the check's name and its points."""
    return CheckResult(
        verdict=answer.verdict, diagnosis=answer.diagnosis, why=answer.why, note=answer.note, speed=answer.speed,
        picture=answer.picture, output=answer.output, id=name, title=title,
        score=score.points(answer.verdict, max_score, answer.speed), max_score=max_score, seconds=round(seconds, 3),
    )  # fmt: skip


def attempt(exercise: str, checks: Sequence[CheckResult], sha256: str | None) -> AttemptResult:
    """The result of an attempt: the worst verdict, the sum of the points, the most telling diagnosis."""
    return AttemptResult(
        exercise=exercise,
        verdict=overall([result.verdict for result in checks]),
        score=round(sum(result.score for result in checks), 1),
        max_score=round(sum(result.max_score for result in checks), 1),
        speed=next((result.speed for result in checks if result.speed is not None), None),
        diagnosis=most_telling(checks),
        attempt_sha256=sha256,
        checks=list(checks),
    )


def of_ours(exercise: str, detail: str) -> AttemptResult:
    """The checker failed before it could judge anything."""
    broken = Answer(verdict=Verdict.ERROR, why=detail)
    failure = check(broken, name="checker", title="The checks could be run", max_score=0.0, seconds=0.0)
    return attempt(exercise, [failure], None)


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """Failed if anything failed; else what could not be judged; passed only if everything passed."""
    for verdict in (Verdict.FAILED, Verdict.ERROR, Verdict.INCONCLUSIVE):
        if verdict in verdicts:
            return verdict
    return Verdict.PASSED if verdicts else Verdict.ERROR


def is_open(result: AttemptResult) -> bool:
    """Some check could not be judged, so that points may be missing that were earned."""
    return not all(check.verdict.is_judged for check in result.checks)


def most_telling(checks: Sequence[CheckResult]) -> Diagnosis | None:
    """The diagnosis to read first. Of equally telling ones, the first check's."""
    diagnoses = [result.diagnosis for result in checks if result.diagnosis is not None]
    return min(diagnoses, key=lambda diagnosis: TELLING.index(diagnosis.code), default=None)
