"""A table for the terminal: a row for each attempt, and one for all that a learner did not hand in."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from checker.model.answer import AttemptResult, Verdict
from checker.report.model import Report
from checker.report.sheet import NOT_HANDED_IN, is_absent
from checker.report.terminal import COLOURS, MARKS, printable


def render(report: Report) -> Table:
    """Learner, exercise, verdict, score, speed-up and a remark. A learner's missing exercises share one row."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, justify in (("submission", "left"), ("exercise", "left"), ("", "left"), ("score", "right"),
                             ("speed-up", "right"), ("what happened", "left")):  # fmt: skip
        table.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for submission in report.submissions:
        absent = [result for result in submission.exercises if is_absent(result)]
        for result in submission.exercises:
            if not is_absent(result):
                table.add_row(*_row(submission.called(result.exercise), result))
        if absent:
            table.add_row(*_absent(submission.submission, absent))
    return table


def _absent(submission: str, results: list[AttemptResult]) -> list[Text]:
    """One row for all that one learner did not hand in."""
    numbers = ", ".join(result.exercise for result in results)
    most = sum(result.max_score for result in results)
    return [Text(_line(submission)), Text(numbers), Text(NOT_HANDED_IN), Text(f"0 of {most:g}"), Text(), Text()]


def _row(submission: str, result: AttemptResult) -> list[Text]:
    style = COLOURS[result.verdict]
    speed = result.speed
    return [
        Text(_line(submission)),
        Text(result.exercise),
        Text(f"{MARKS[result.verdict]} {result.verdict}", style=style),
        Text(f"{result.score:g} of {result.max_score:g}"),
        Text(f"{speed.speedup:.1f}x of {speed.goal:.1f}x" if speed else ""),
        Text(_remark(result)),
    ]


def _remark(result: AttemptResult) -> str:
    if result.diagnosis is not None:
        return _line(f"{result.diagnosis.code}: {result.diagnosis.sentence}")
    if result.verdict is not Verdict.PASSED:
        return _line(next((check.why for check in result.checks if check.why), ""))
    reference = result.speed.reference if result.speed else None
    return f"reference {reference:.1f}x" if reference else ""


def _line(text: str) -> str:
    """Text in one line, even if an exception's message has several. (Narrow terminals fold it.)"""
    return " ".join(printable(text).split())
