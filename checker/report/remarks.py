"""What is said about a check or an attempt, in a sentence or in full. Pure."""

from __future__ import annotations

from checker.model.answer import AttemptResult, CheckResult, Diagnosis, Verdict
from checker.report import terminal
from checker.report.model import SubmissionResult


def of_check(check: CheckResult) -> str:
    """One sentence; "" when it passed."""
    return _sentence(check.verdict, check.diagnosis, check.why)


def of_attempt(result: AttemptResult) -> str:
    """The sentence about the check that decided the verdict; "" when all passed."""
    detail = next((check.why for check in result.checks if check.verdict is result.verdict and check.why), "")
    return _sentence(result.verdict, result.diagnosis, detail)


def for_authors(found: AttemptResult | CheckResult) -> str:
    """What it was told, with the name of the mistake: short, for those who write checks. "" when it passed."""
    sentence = of_attempt(found) if isinstance(found, AttemptResult) else of_check(found)
    if found.verdict is not Verdict.FAILED or found.diagnosis is None:
        return sentence
    return f"{found.diagnosis.code}: {sentence}"


def of_lateness(submission: SubmissionResult, exercise: str) -> str:
    """How late an exercise was handed in, and what the course takes off for it; "" when it was in time."""
    late = submission.late_by.get(exercise)
    if late is None:
        return ""
    # If only the platform knows that it is late, the number of days is unknown.
    late_by = f"{late.days:g} {'day' if late.days == 1 else 'days'} late" if late.days else "Late"
    result = submission.result(exercise)
    if result is None or not result.verdict.is_judged:
        return f"{late_by}."
    counted = submission.counted(result)
    if counted >= result.score:
        return f"{late_by}."
    off = f"{round(result.score - counted, 2):g} of the {result.score:g} points are taken off for it"
    return f"{late_by}: {off}, and {counted:g} of {result.max_score:g} count."


def with_hint(sentence: str, diagnosis: Diagnosis | None) -> str:
    """The sentence, with the hint in a line of its own."""
    return f"{sentence}\nHint: {diagnosis.hint}" if sentence and diagnosis is not None else sentence


def in_full(check: CheckResult) -> str:
    """Everything that the learner sees about a check in the terminal: numbers, timeline, diagnosis, hint, output."""
    return "\n".join(line.text for line in terminal.check(check)).strip("\n")


def _sentence(verdict: Verdict, diagnosis: Diagnosis | None, detail: str) -> str:
    if verdict is Verdict.PASSED:
        return ""
    if verdict is Verdict.INCONCLUSIVE:
        return f"Cannot be judged now: {detail}. This is not a mark against you."
    if verdict is Verdict.ERROR:
        return f"The checker failed, not you: {detail}"
    return diagnosis.sentence if diagnosis is not None else detail
