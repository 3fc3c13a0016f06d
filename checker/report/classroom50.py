"""result.json of Classroom 50 (classroom50/result/v1), as its own grader writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from math import floor
from typing import Any

from checker.model.answer import AttemptResult, CheckResult, Verdict
from checker.model.record import Record
from checker.report import escape, sheet
from checker.report.model import Report, SubmissionResult
from checker.report.remarks import of_check, of_lateness

SCHEMA = "classroom50/result/v1"
UNKNOWN = "concurrency-kata"
EPOCH = "1970-01-01T00:00:00Z"
MANUAL = "submit/manual-"
"""Classroom 50's prefix for a submission that was not made by a push. The links of such a submission are its name."""
RUNNER = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG")
"""Variables that its runner always sets. (USERNAME alone proves nothing: it may be the user of this machine.)"""


class Stamp(Record):
    """What only the runner knows, from its environment. Classroom 50's validator refuses empty fields."""

    classroom: str = ""
    assignment: str = ""
    owner: str = ""
    submission: str = ""
    commit: str = ""
    release: str = ""
    review: str = ""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Stamp:
        """What the runner's environment says; empty outside of a runner."""
        if not all(environment.get(name) for name in RUNNER):
            return cls()
        names = {
            "classroom": "CLASSROOM", "assignment": "ASSIGNMENT", "owner": "OWNER", "submission": "SUBMISSION_TAG",
            "commit": "COMMIT_URL", "release": "RELEASE_URL", "review": "REVIEW_URL",
        }  # fmt: skip
        known = {field: environment.get(name, "") for field, name in names.items()}
        return cls(**(known | {"owner": known["owner"] or environment.get("USERNAME", "")}))


NOTHING = Stamp()


def files(report: Report, stamp: Stamp = NOTHING) -> dict[str, str]:
    """A result.json for each submission. `stamp`: the runner's; used only if there is a single submission."""
    columns = sheet.by_number(report)
    known = stamp if len(report.submissions) == 1 else NOTHING
    return sheet.files(report, "result.json", lambda submission: _render(submission, columns, known))


def _render(submission: SubmissionResult, columns: dict[str, sheet.Column], stamp: Stamp) -> str:
    """Scores must be whole numbers: they are rounded down, so that nobody gets more than was earned, then summed."""
    owner = stamp.owner or _login(submission)
    when = _utc(submission.handed_in)
    tag = stamp.submission or f"{MANUAL}{when.replace(':', '-')}"
    only = next(iter(columns.values())).folder if len(columns) == 1 else UNKNOWN
    tests = [test for result in submission.exercises for test in _tests(submission, result, columns[result.exercise])]
    document = {
        "schema": SCHEMA,
        "classroom": stamp.classroom or UNKNOWN,
        "assignment": stamp.assignment or only,
        "assignment_type": "individual",
        "owner": owner,
        "submission": tag,
        "commit": stamp.commit or tag,
        "release": stamp.release or tag,
        "review": stamp.review or stamp.commit or tag,
        "datetime": when,
        "graded_at": when,
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
        "submitted_by": {"username": owner, "id": None},
    }
    return escape.document(document)


def _login(submission: SubmissionResult) -> str:
    """The GitHub username, if the roster has it; else the submission's name."""
    fields = submission.learner.fields if submission.learner is not None else {}
    known = [value for column, value in fields.items() if column.replace("_", " ").casefold() == "github username"]
    return escape.line(next(filter(None, known), "")) or escape.line(submission.submission) or UNKNOWN


def _utc(when: str | None) -> str:
    """A time as Classroom 50 writes it: 2026-02-02T00:00:00Z."""
    try:
        return f"{datetime.fromisoformat(when or '').astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    except ValueError:
        return EPOCH


def _tests(submission: SubmissionResult, result: AttemptResult, column: sheet.Column) -> list[dict[str, Any]]:
    """One test for each check. A penalty for lateness is taken off the last ones, as the score must be their sum."""
    tests = [_test(check, column) for check in result.checks]
    counted = submission.counted(result)
    left = max(0, sum(test["score"] for test in tests) - floor(counted)) if counted < result.score else 0
    for test in reversed(tests):
        off = min(left, test["score"])
        if off:
            left -= off
            test["score"] -= off
            test["message"] = escape.line(f"{test['message']} {of_lateness(submission, result.exercise)}")
    return tests


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
