"""Every hand-in, a row for each: how far each learner came, and when. Pure."""

from __future__ import annotations

from checker.report import escape
from checker.report.model import Report

HEADER = ("submission", "learner", "exercise", "hand_in", "at", "verdict", "score", "diagnosis", "appeals")
NOT_GRADED = "not graded"


def render(report: Report) -> str:
    """CSV, by submission and exercise, the oldest first."""
    rows = [
        [
            submission.called(exercise), submission.learner.id if submission.learner is not None else "",
            exercise, str(number), each.at, each.verdict or NOT_GRADED, escape.number(each.score), each.code,
            "; ".join(each.appeals),
        ]
        for submission in report.submissions
        for exercise, past in sorted(submission.history.items())
        for number, each in enumerate(past, 1)
    ]  # fmt: skip
    return escape.table([HEADER, *rows])
