"""JSON, format 1."""

from __future__ import annotations

from typing import Any

import msgspec

from checker.model.answer import AttemptResult, CheckResult
from checker.picture import as_text
from checker.report import escape, sheet
from checker.report.model import Learner, Report, SubmissionResult

FORMAT = 1
"""1: the first."""


def render(report: Report) -> str:
    """The report as one JSON object."""
    document = {
        "format": FORMAT,
        "version": report.version,
        "machine": msgspec.to_builtins(report.machine),
        "submissions": [_submission(submission) for submission in report.submissions],
        "exercises": [
            {"exercise": column.number, "title": column.title, "max_score": column.max_score}
            for column in sheet.columns(report)
        ],
        "missing": [_learner(learner) for learner in report.missing],
        "undecided": [
            _learner(row.learner) | {"exercises": row.undecided}
            for row in sheet.rows(report)
            if row.learner is not None and row.undecided
        ],
    }
    return escape.document(document)


def _submission(submission: SubmissionResult) -> dict[str, Any]:
    """One learner's submission. Learners who work together have one each, which differ only in the learner."""
    return {
        "submission": submission.submission,
        "exercises": [_exercise(result, submission) for result in submission.exercises],
        "learner": _learner(submission.learner) if submission.learner is not None else None,
        "excused": submission.excused,
    }


def _learner(learner: Learner) -> dict[str, str]:
    return {"id": learner.id, "name": learner.name}


def _exercise(result: AttemptResult, submission: SubmissionResult) -> dict[str, Any]:
    speed, late = result.speed, submission.late_by.get(result.exercise)
    return {
        "exercise": result.exercise,
        "verdict": result.verdict,
        "score": result.score,
        "max_score": result.max_score,
        "speedup": round(speed.speedup, 2) if speed else None,
        "goal": round(speed.goal, 2) if speed else None,
        "limit": speed.limit if speed else None,
        "reference_speedup": round(speed.reference, 2) if speed and speed.reference else None,
        "diagnosis": result.diagnosis,
        "attempt_sha256": result.attempt_sha256,
        "checks": [_check(check) for check in result.checks],
        "handed_in": submission.times.get(result.exercise),
        "late_days": late.days if late is not None else None,
        "late_penalty": late.penalty if late is not None else None,
        "counted": submission.counted(result) if result.verdict.is_judged else None,
    }


def _check(check: CheckResult) -> dict[str, Any]:
    return {
        "id": check.id,
        "title": check.title,
        "verdict": check.verdict,
        "score": check.score,
        "max_score": check.max_score,
        "seconds": check.seconds,
        "diagnosis": check.diagnosis,
        "explain": check.diagnosis.code.more if check.diagnosis is not None else None,
        "detail": check.why,
        "note": check.note,
        "timeline": as_text.render(check.picture),
        "output": check.output,
    }
