"""results.json, which an autograder of Gradescope leaves in /autograder/results."""

from __future__ import annotations

from typing import Any

from checker.model.answer import AttemptResult, CheckResult, Verdict
from checker.report import escape, sheet
from checker.report.model import Report, SubmissionResult
from checker.report.remarks import in_full, of_lateness


def files(report: Report) -> dict[str, str]:
    """A results.json for each submission."""
    columns = sheet.by_number(report)
    return sheet.files(report, "results.json", lambda submission: _render(submission, columns))


def _render(submission: SubmissionResult, columns: dict[str, sheet.Column]) -> str:
    """The top-level score overrides the sum of the tests, which does not include lateness."""
    checks = [check for result in submission.exercises for check in result.checks]
    late = [f"{columns[number].title}: {of_lateness(submission, number)}" for number in sorted(submission.late_by)]
    document = {
        "score": submission.counted_score if submission.takes_off else submission.score,
        **({"output": escape.plain("\n".join(late))} if submission.takes_off and late else {}),
        "execution_time": round(sum(check.seconds for check in checks), 3),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "tests": [
            _test(check, f"{result.exercise}.{count}", columns[result.exercise])
            for result in submission.exercises
            for count, check in enumerate(result.checks, 1)
        ],
        "leaderboard": [
            {"name": f"{columns[result.exercise].title}: speed-up", "value": round(result.speed.speedup, 2)}
            for result in submission.exercises
            if result.speed is not None and result.verdict is Verdict.PASSED
        ],
        "extra_data": {
            "submission": escape.plain(submission.submission),
            "exercises": [_extra(result) for result in submission.exercises],
        },
    }
    return escape.document(document)


def _test(check: CheckResult, number: str, column: sheet.Column) -> dict[str, Any]:
    """A check that could not be judged has no score and no status: Gradescope would show a failed test."""
    judged = {"score": check.score, "status": "passed" if check.verdict is Verdict.PASSED else "failed"}
    return {
        "number": number,
        "name": escape.line(check.title),
        **(judged if check.verdict.is_judged else {}),
        "max_score": check.max_score,
        "output": escape.plain(in_full(check)),
        "output_format": "text",
        "visibility": "visible",
        "tags": [column.folder, *([check.diagnosis.code] if check.diagnosis is not None else [])],
    }


def _extra(result: AttemptResult) -> dict[str, Any]:
    return {
        "exercise": result.exercise,
        "verdict": result.verdict,
        "score": result.score,
        "max_score": result.max_score,
        "diagnosis": result.diagnosis.code if result.diagnosis is not None else None,
        "attempt_sha256": result.attempt_sha256,
    }
