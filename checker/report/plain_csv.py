"""CSV, a row for each submission and exercise. A verdict of "" means that it was not graded yet."""

from __future__ import annotations

from checker.model.answer import AttemptResult
from checker.report import escape, sheet
from checker.report.model import Report
from checker.report.remarks import of_attempt

HEADER = (
    "submission", "learner", "name", "exercise", "verdict", "score", "max_score", "speedup", "goal", "limit",
    "reference_speedup", "diagnosis", "sentence", "handed_in", "late_days", "late_penalty", "counted", "attempt_sha256",
)  # fmt: skip


def render(report: Report) -> str:
    """The report as CSV. `score` is the raw score, `counted` is less by the penalty if the course applies one."""
    columns = sheet.columns(report)
    return escape.table([HEADER, *(_row(row, column) for row in sheet.rows(report) for column in columns)])


def _row(row: sheet.Row, column: sheet.Column) -> list[str]:
    submission, learner, result = row.submission, row.learner, row.result(column)
    late = submission.late_by.get(column.number) if submission is not None else None
    return [
        submission.called(column.number) if submission is not None else "",
        learner.id if learner is not None else "",
        learner.name if learner is not None else "",
        column.number,
        *(_result(result) if result is not None else _none(column, row)),
        submission.times.get(column.number, "") if submission is not None else "",
        escape.number(late.days if late is not None else None),
        escape.number(late.penalty if late is not None else None),
        escape.number(row.mark(column)),
        (result.attempt_sha256 or "") if result is not None else "",
    ]


def _result(result: AttemptResult) -> list[str]:
    speed = result.speed
    measured = [speed.speedup, speed.goal, speed.limit, speed.reference] if speed is not None else [None] * 4
    return [
        sheet.word(result),
        escape.number(result.score),
        escape.number(result.max_score),
        *(escape.number(round(each, 2) if each is not None else None) for each in measured),
        result.diagnosis.code if result.diagnosis is not None else "",
        of_attempt(result),
    ]


def _none(column: sheet.Column, row: sheet.Row) -> list[str]:
    verdict, score = "", ""
    if row.is_excused(column):
        verdict = sheet.EXCUSED
    elif row.is_undecided(column):
        verdict = sheet.UNDECIDED
    elif row.submission is None:
        verdict, score = sheet.NOT_HANDED_IN, "0"
    return [verdict, score, escape.number(column.max_score), *[""] * 6]
