"""result.json of Classroom 50 (classroom50/result/v1), as its own grader writes it."""

from __future__ import annotations

from math import floor
from typing import Any

import msgspec

from checker.model.answer import CheckResult, Verdict
from checker.model.record import Record
from checker.report import escape, sheet
from checker.report.model import Report, SubmissionResult
from checker.report.remarks import of_check

SCHEMA = "classroom50/result/v1"


class Stamp(Record):
    """What only the runner knows; it stamps what is empty here."""

    classroom: str = ""
    assignment: str = ""
    assignment_type: str = ""
    """individual, group or team."""
    owner: str = ""
    submission: str = ""
    commit: str = ""
    release: str = ""
    review: str = ""
    datetime: str = ""
    """Of the commit, ISO 8601."""
    graded_at: str = ""
    username: str = ""


NOTHING = Stamp()


def files(report: Report, stamp: Stamp = NOTHING) -> dict[str, str]:
    """A result.json for each submission."""
    columns = {column.number: column for column in sheet.columns(report)}
    return sheet.files(report, "result.json", lambda submission: _render(submission, columns, stamp))


def _render(submission: SubmissionResult, columns: dict[str, sheet.Column], stamp: Stamp) -> str:
    """Scores are whole numbers there: rounded down, so that nobody gets more than was earned."""
    name = escape.line(submission.submission)
    document = {
        "schema": SCHEMA,
        "classroom": stamp.classroom,
        "assignment": stamp.assignment,
        "assignment_type": stamp.assignment_type,
        "owner": stamp.owner or name,
        "submission": stamp.submission,
        "commit": stamp.commit,
        "release": stamp.release,
        "review": stamp.review,
        "datetime": stamp.datetime or submission.handed_in or "",
        "graded_at": stamp.graded_at,
        "score": floor(submission.score),
        "max-score": floor(submission.max_score),
        "tests": [_test(check, columns[result.exercise]) for result in submission.exercises for check in result.checks],
        "submitted_by": {"username": stamp.username or name, "id": None},
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _test(check: CheckResult, column: sheet.Column) -> dict[str, Any]:
    return {
        "test-name": f"{column.title}: {escape.line(check.title)}",
        "passed": check.verdict is Verdict.PASSED,
        "score": floor(check.score),
        "max-score": floor(check.max_score),
        "exact-score": check.score,
        "exact-max-score": check.max_score,
        "verdict": check.verdict,
        "diagnosis": check.diagnosis.code if check.diagnosis is not None else None,
        "message": escape.line(of_check(check)),
    }
