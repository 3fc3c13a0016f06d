"""What a step of GitHub Actions shows: the result that the autograding reporter reads, annotations, and a summary."""

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
"""The result travels as one environment variable, of which Linux takes 128 KiB."""
OUTPUT_LIMITS = (4000, 1000, 500, 100, 0)
"""Characters of each check's output: the first with which the result is small enough."""
MAX_ANNOTATIONS = 10
"""GitHub drops what a step has more of, and says nothing."""
MAX_SUMMARY_BYTES = 1000 * 1024
"""GitHub takes 1 MiB from a step."""
DETAIL_CHARACTERS = 20_000
"""Of one check in the summary."""
MESSAGE_CHARACTERS = 300
NO_LINE = 0
"""The reporter's word for it: then it prints none (src/console-results.js)."""
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
    """Outputs of a step that classroom-resources/autograding-grading-reporter reads, by name: JSON in base64.

    The reporter publishes the points, but its table weighs all tests of a runner alike. So what was earned is one
    runner, of whose tests all are passed, and what was missed is another one, with none: then both say the same.
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
    """The same where nothing could be graded: none of the points, and the reason in words."""
    said = escape.line(why)[:MESSAGE_CHARACTERS]
    return {
        EARNED: _encoded([NOTHING_EARNED], "pass", 0.0),
        MISSED: _encoded([NOT_GRADED | {"max_score": max_score, "message": said}], "error", max_score),
    }


def _small_enough(tests: Callable[[int], list[_Test]], status: str, most: float, nothing: _Test) -> str:
    """`tests`: from how many characters of each check's output are told; `nothing`: what stands for no tests."""
    encoded = ""
    for limit in OUTPUT_LIMITS:
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


def _earned(column: sheet.Column, check: CheckResult, limit: int) -> _Test:
    part = f" ({check.score:g} of {check.max_score:g} points)" if _is_missed(check) else ""
    told = {"status": "pass", "score": check.score, "max_score": check.score, "line_no": NO_LINE}
    return _test(column, check, limit) | told | {"name": _name(column, check) + part}


def _missed(column: sheet.Column, check: CheckResult, limit: int) -> _Test:
    return _test(column, check, limit) | {"score": 0, "max_score": round(check.max_score - check.score, 1)}


def _name(column: sheet.Column, check: CheckResult) -> str:
    return f"{column.title}: {escape.line(check.title)}"[:MESSAGE_CHARACTERS]


def _test(column: sheet.Column, check: CheckResult, limit: int) -> _Test:
    """What both say of a check. A check that failed in what counts nothing is a failure all the same."""
    return {
        "name": _name(column, check),
        "status": STATUS[check.verdict],
        "message": escape.line(of_check(check))[:MESSAGE_CHARACTERS],
        "filename": f"exercises/{column.folder}/{column.attempt}",
        "line_no": (check.diagnosis.line or NO_LINE) if check.diagnosis is not None else NO_LINE,
        "duration": round(check.seconds * 1000),
        "output": escape.plain(in_full(check))[:limit],
    }


# --- annotations -----------------------------------------------------------------------------------


def annotate(report: Report) -> list[str]:
    """Workflow commands: an error for each failed check, at the learner's line where that is known.

    What could not be judged is a warning, after the errors.
    """
    found = [
        (check, column)
        for _, column, result in sheet.attempts(report)
        for check in result.checks
        if check.verdict is not Verdict.PASSED and not sheet.is_absent(result)
    ]
    found.sort(key=lambda pair: not pair[0].verdict.is_judged)
    shown = [_annotation(check, column) for check, column in found[:MAX_ANNOTATIONS]]
    more = len(found) - len(shown)
    absent = [result.exercise for _, _, result in sheet.attempts(report) if sheet.is_absent(result)]
    if absent:
        shown.append(f"::notice::{sheet.NOT_HANDED_IN}: {', '.join(absent)}")
    return [*shown, f"::notice::{more} more checks were not passed: see the summary of this run"] if more else shown


def without_commands(token: str) -> tuple[str, str]:
    """Lines before and after a text of which no line is to be a command, whoever wrote it.

    `token`: one that nobody can know before. The runner looks for `::` after any blanks, and for `##[` anywhere.
    """
    return f"::stop-commands::{token}", f"::{token}::"


def _annotation(check: CheckResult, column: sheet.Column) -> str:
    path = f"exercises/{column.folder}/{column.attempt}"
    diagnosis = check.diagnosis
    line = f",line={diagnosis.line}" if diagnosis is not None and diagnosis.line is not None else ""
    code = f" ({diagnosis.code})" if diagnosis is not None else ""
    title = command_property(escape.line(f"{column.title}: {check.title}{code}"))
    level = "error" if check.verdict.is_judged else "warning"
    said = command_message(escape.plain(with_hint(of_check(check), diagnosis) or check.title))
    return f"::{level} file={command_property(path)}{line},title={title}::{said}"


# --- summary ---------------------------------------------------------------------------------------


def summary(report: Report) -> str:
    """Markdown for the summary of the step: each exercise with its checks, speed-up and timelines."""
    text, left_out = "", 0
    absent = [column.title for _, column, result in sheet.attempts(report) if sheet.is_absent(result)]
    for _, column, result in sheet.attempts(report):
        if sheet.is_absent(result):
            continue
        section = _section(column, result)
        if len(text.encode()) + len(section.encode()) > MAX_SUMMARY_BYTES:
            left_out += 1
        else:
            text += section
    if absent:
        text += f"## Not handed in\n\n{', '.join(map(markdown, absent))}\n\n"
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
    said = markdown(of_check(check))
    code = f"{markdown(check.diagnosis.code)}: " if check.diagnosis is not None else ""
    points = f"{check.score:g} of {check.max_score:g}" if check.verdict.is_judged else ""
    return f"| {terminal.MARKS[check.verdict]} | {markdown(check.title)} | {points} | {code}{said} |"
