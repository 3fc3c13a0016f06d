"""Item analysis, with a row for each check: how many passed it, and the most common mistakes. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from statistics import median

from checker.model.answer import CheckResult, Verdict
from checker.report import escape, sheet
from checker.report.model import Past, Report

HEADER = (
    "exercise", "check", "title", "handed_in", "not_handed_in", "passed", "pass_rate", "commonest_diagnoses",
    "median_hand_ins", "median_hours_first_to_last",
)  # fmt: skip
HOUR_S = 3600.0
COMMONEST = 3


def render(report: Report) -> str:
    """CSV. The pass rate is of the attempts that could be judged.

    The medians are over an exercise's learners: how often they handed in, and the hours from the first to the last
    hand-in, of those who handed in more than once.
    """
    rows, missing = [], [row for row in sheet.rows(report) if row.submission is None]
    for column in sheet.columns(report):
        results = [result for _, at, result in sheet.attempts(report) if at == column]
        absent = sum(map(sheet.is_absent, results)) + sum(row.mark(column) is not None for row in missing)
        by_check: dict[str, list[CheckResult]] = {}
        for result in results:
            for check in result.checks if not sheet.is_absent(result) else ():
                by_check.setdefault(check.id, []).append(check)
        histories = [each.history[column.number] for each in report.submissions if column.number in each.history]
        medians = _medians(histories)
        rows += [[*_row(column, name, checks, absent), *medians] for name, checks in by_check.items()]
    return escape.table([HEADER, *rows])


def _medians(histories: Sequence[Sequence[Past]]) -> list[str]:
    """Medians: the number of hand-ins, and the hours from the first to the last."""
    again = [[datetime.fromisoformat(past.at) for past in each] for each in histories if len(each) > 1]
    hours = [(max(times) - min(times)).total_seconds() / HOUR_S for times in again]
    return [
        escape.number(median(map(len, histories))) if histories else "",
        escape.number(round(median(hours), 1)) if hours else "",
    ]


def _row(column: sheet.Column, name: str, checks: list[CheckResult], absent: int) -> list[str]:
    judged = [check for check in checks if check.verdict.is_judged]
    passed = sum(check.verdict is Verdict.PASSED for check in judged)
    codes = Counter(str(check.diagnosis.code) for check in checks if check.diagnosis is not None)
    return [
        column.number,
        name,
        checks[0].title,
        str(len(checks)),
        str(absent),
        str(passed),
        escape.number(round(passed / len(judged), 3)) if judged else "",
        ", ".join(f"{code} {times}" for code, times in codes.most_common(COMMONEST)),
    ]
