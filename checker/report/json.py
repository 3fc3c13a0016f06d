"""JSON, format 1."""

from __future__ import annotations

from typing import Any

import msgspec

from checker.model.answer import AttemptResult, CheckResult
from checker.picture import as_text
from checker.report import escape
from checker.report.model import Report

FORMAT = 1
"""1: the first."""


def render(report: Report) -> str:
    """The report as one JSON object."""
    document = {
        "format": FORMAT,
        "version": report.version,
        "machine": msgspec.to_builtins(report.machine),
        "submissions": [
            {"submission": submission.submission, "exercises": [_exercise(result) for result in submission.exercises]}
            for submission in report.submissions
        ],
    }
    return escape.document(document)


def _exercise(result: AttemptResult) -> dict[str, Any]:
    speed = result.speed
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
