"""What a step of GitHub Actions shows: results for the autograding reporter, annotations, and a summary."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import msgspec

from checker.judge.grading import overall
from checker.model.answer import AttemptResult, CheckResult, Verdict
from checker.report import escape, sheet, terminal
from checker.report.escape import command_message, command_property, markdown
from checker.report.model import Report
from checker.report.remarks import in_full, of_check, with_hint

MAX_RESULT_BYTES = 100 * 1024
"""The result is passed in one environment variable, which Linux limits to 128 KiB."""
_Limit = tuple[int, int]
"""Characters that are kept of each check: of its name, and as many of its message; and of its output."""
MAX_ANNOTATIONS = 10
"""GitHub silently drops the further annotations of a step."""
MAX_SUMMARY_BYTES = 1000 * 1024
"""GitHub accepts 1 MiB for each step."""
DETAIL_CHARACTERS = 20_000
"""Kept of one check's details in the summary."""
MESSAGE_CHARACTERS = 300
LIMITS: tuple[_Limit, ...] = (
    *((MESSAGE_CHARACTERS, output) for output in (4000, 1000, 500, 100, 0)), (100, 0), (40, 0)
)  # fmt: skip
"""The first one that makes the result small enough is used: all exercises together have nearly two hundred checks."""
NO_LINE = 0
"""For the reporter, line 0 means that there is no line to print (src/console-results.js)."""
EARNED, MISSED = "earned", "missed"
_Test = dict[str, Any]
NOTHING_EARNED: _Test = {
    "name": "No points yet", "status": "fail", "score": 0, "max_score": 0, "message": "", "line_no": NO_LINE
}  # fmt: skip
NOTHING_MISSED: _Test = NOTHING_EARNED | {"name": "Nothing is missing", "status": "pass"}
NOT_GRADED: _Test = NOTHING_EARNED | {"name": "The submission can be graded", "status": "error"}
STATUS = {Verdict.PASSED: "pass", Verdict.FAILED: "fail", Verdict.INCONCLUSIVE: "error", Verdict.ERROR: "error"}


# --- results ---------------------------------------------------------------------------------------


def results(report: Report) -> dict[str, str]:
    """Step outputs for classroom-resources/autograding-grading-reporter, by name: JSON in base64.

    The reporter publishes the points, but its table gives all tests of a runner the same weight. So the earned points
    are reported as one runner whose tests all pass, and the missed points as another one in which none passes: then
    points and table agree.
    """
    attempts = [(column, result) for _, column, result in sheet.attempts(report)]
    checks = [(column, check) for column, result in attempts for check in result.checks]
    status = STATUS[overall([result.verdict for _, result in attempts])]
    missed = max(0.0, sum(result.max_score for _, result in attempts) - sum(check.score for _, check in checks))
    return {
        EARNED: _small_enough(
            lambda limit: [_earned(column, check, limit) for column, check in checks if _is_earned(check)],
            "pass", sum(check.score for _, check in checks), NOTHING_EARNED,
        ),
        MISSED: _small_enough(
            lambda limit: [_missed(column, check, limit) for column, check in checks if _is_missed(check)],
            status, missed, NOTHING_MISSED,
        ),
    }  # fmt: skip


def failure(why: str, max_score: float) -> dict[str, str]:
    """The outputs when nothing could be graded: no points, and the reason in words."""
    message = escape.line(why)[:MESSAGE_CHARACTERS]
    return {
        EARNED: _encoded([NOTHING_EARNED], "pass", 0.0),
        MISSED: _encoded([NOT_GRADED | {"max_score": max_score, "message": message}], "error", max_score),
    }


def _small_enough(tests: Callable[[_Limit], list[_Test]], status: str, most: float, nothing: _Test) -> str:
    """The result with as much text as fits into it.

    `tests`: makes the tests for a limit; `nothing`: the test to report if there are none.
    """
    encoded = ""
    for limit in LIMITS:
        encoded = _encoded(tests(limit) or [nothing], status, most)
        if len(encoded) <= MAX_RESULT_BYTES:
            break
    return encoded


def _encoded(tests: list[_Test], status: str, most: float) -> str:
    document = {"version": 1, "status": status, "max_score": round(most, 1), "tests": tests}
    return base64.b64encode(msgspec.json.encode(document)).decode()


def _is_earned(check: CheckResult) -> bool:
    return check.score > 0 or check.verdict is Verdict.PASSED


def _is_missed(check: CheckResult) -> bool:
    return check.score < check.max_score or check.verdict is not Verdict.PASSED


def _earned(column: sheet.Column, check: CheckResult, limit: _Limit) -> _Test:
    part = f" ({check.score:g} of {check.max_score:g} points)" if _is_missed(check) else ""
    earned = {"status": "pass", "score": check.score, "max_score": check.score, "line_no": NO_LINE}
    return _test(column, check, limit) | earned | {"name": _name(column, check, limit[0]) + part}


def _missed(column: sheet.Column, check: CheckResult, limit: _Limit) -> _Test:
    return _test(column, check, limit) | {"score": 0, "max_score": round(check.max_score - check.score, 1)}


def _name(column: sheet.Column, check: CheckResult, most: int) -> str:
    return f"{column.title}: {escape.line(check.title)}"[:most]


def _test(column: sheet.Column, check: CheckResult, limit: _Limit) -> _Test:
    """What both runners report of a check. The status is the check's own, even if it is worth no points."""
    most, most_output = limit
    return {
        "name": _name(column, check, most),
        "status": STATUS[check.verdict],
        "message": escape.line(of_check(check))[:most],
        "filename": column.path,
        "line_no": (check.diagnosis.line or NO_LINE) if check.diagnosis is not None else NO_LINE,
        "duration": round(check.seconds * 1000),
        "output": escape.plain(in_full(check))[:most_output],
    }


# --- annotations -----------------------------------------------------------------------------------


def annotate(report: Report) -> list[str]:
    """Workflow commands: an error for each failed check, at the learner's line if it is known.

    Checks that could not be judged are warnings, after the errors.
    """
    handed_in, absent = _handed_in_and_absent(report)
    found = [
        (check, column)
        for column, result in handed_in
        for check in result.checks
        if check.verdict is not Verdict.PASSED
    ]
    found.sort(key=lambda pair: not pair[0].verdict.is_judged)
    shown = [_annotation(check, column) for check, column in found[:MAX_ANNOTATIONS]]
    more = len(found) - len(shown)
    if absent:
        shown.append(f"::notice::{sheet.NOT_HANDED_IN}: {', '.join(column.number for column in absent)}")
    return [*shown, f"::notice::{more} more checks were not passed: see the summary of this run"] if more else shown


def _handed_in_and_absent(report: Report) -> tuple[list[tuple[sheet.Column, AttemptResult]], list[sheet.Column]]:
    """The exercises that were handed in, each with its result, and those that were not."""
    attempts = [(column, result) for _, column, result in sheet.attempts(report)]
    handed_in = [(column, result) for column, result in attempts if not sheet.is_absent(result)]
    return handed_in, [column for column, result in attempts if sheet.is_absent(result)]


def without_commands(token: str) -> tuple[str, str]:
    """Lines to print before and after a text in which the runner must not find workflow commands.

    `token`: random, so that the text cannot contain it. The runner looks for `::` at the start of a line, after any
    blanks, and for `##[` anywhere.
    """
    return f"::stop-commands::{token}", f"::{token}::"


def _annotation(check: CheckResult, column: sheet.Column) -> str:
    diagnosis = check.diagnosis
    line = f",line={diagnosis.line}" if diagnosis is not None and diagnosis.line is not None else ""
    code = f" ({diagnosis.code})" if diagnosis is not None else ""
    title = command_property(escape.line(f"{column.title}: {check.title}{code}"))
    level = "error" if check.verdict.is_judged else "warning"
    message = command_message(escape.plain(with_hint(of_check(check), diagnosis) or check.title))
    return f"::{level} file={command_property(column.path)}{line},title={title}::{message}"


# --- summary ---------------------------------------------------------------------------------------


def summary(report: Report) -> str:
    """Markdown for the step's summary: each exercise with its checks, speed-up and timelines."""
    text, left_out = "", 0
    handed_in, absent = _handed_in_and_absent(report)
    for column, result in handed_in:
        section = _section(column, result)
        if len(text.encode()) + len(section.encode()) > MAX_SUMMARY_BYTES:
            left_out += 1
        else:
            text += section
    if absent:
        text += f"## Not handed in\n\n{', '.join(markdown(column.title) for column in absent)}\n\n"
    return text + (f"\n{left_out} more exercises are too long to be shown here.\n" if left_out else "")


def _section(column: sheet.Column, result: AttemptResult) -> str:
    points = f"{result.score:g} of {result.max_score:g} points"
    told = points if result.verdict.is_judged else result.verdict
    lines = [
        f"## {terminal.MARKS[result.verdict]} {markdown(column.title)}: {told}",
        "",
        "| | check | points | what happened |",
        "|---|---|---:|---|",
        *(_row(check) for check in result.checks),
        "",
    ]
    if result.speed is not None:
        lines.append(escape.fenced(terminal.bar(result.speed)))
    unpassed = [check for check in result.checks if check.verdict is not Verdict.PASSED]
    lines += [escape.fenced(in_full(check)[:DETAIL_CHARACTERS]) for check in unpassed]
    return "\n".join(lines) + "\n"


def _row(check: CheckResult) -> str:
    sentence = markdown(of_check(check))
    code = f"{markdown(check.diagnosis.code)}: " if check.diagnosis is not None else ""
    points = f"{check.score:g} of {check.max_score:g}" if check.verdict.is_judged else ""
    return f"| {terminal.MARKS[check.verdict]} | {markdown(check.title)} | {points} | {code}{sentence} |"
