"""Every hand-in, with a row for each time it was graded. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from checker.report import escape
from checker.report.model import Grading, Past, Report

HEADER = (
    "submission", "learner", "exercise", "hand_in", "at", "verdict", "score", "diagnosis", "graded_at", "graded_by",
    "appeals",
)  # fmt: skip
NOT_GRADED = "not graded"
NO_RESULT: Sequence[Grading | None] = (None,)


def render(report: Report) -> str:
    """CSV, by submission and exercise, oldest first. If a hand-in was graded several times, the last result counts."""
    rows = [
        [
            submission.called(exercise), submission.learner.id if submission.learner is not None else "",
            exercise, str(number), each.at, *_result(grading or each),
            *((grading.at, grading.by) if grading is not None else ("", "")), "; ".join(each.appeals),
        ]
        for submission in report.submissions
        for exercise, past in sorted(submission.history.items())
        for number, each in enumerate(past, 1)
        for grading in each.gradings or NO_RESULT
    ]  # fmt: skip
    return escape.table([HEADER, *rows])


def _result(graded: Grading | Past) -> list[str]:
    return [graded.verdict or NOT_GRADED, escape.number(graded.score), graded.code]
