"""Files to hand back: a page for each learner in Markdown and in HTML, with what the learner would see. Pure.

Their names are those that the learning platform expects: zip the folder, and upload it as feedback files (Moodle:
"Upload multiple feedback files in a zip") or as submissions (Canvas: "Upload submissions").
"""

from __future__ import annotations

import html
from collections import Counter

from checker.model.answer import AttemptResult, CheckResult
from checker.report import escape, sheet, terminal
from checker.report.model import Report, SubmissionResult
from checker.report.remarks import in_full, of_check, of_lateness

DETAIL_CHARACTERS = 20_000
"""Kept of one check's details."""
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "pre{overflow-x:auto;padding:.75rem;border:1px solid #8888;border-radius:.4rem;line-height:1.2}"
    "h2{margin-top:2.5rem}:root{color-scheme:light dark}"
)


def files(report: Report) -> dict[str, str]:
    """Two files for each learner who handed in something; again for each assignment, if its number is in the name."""
    columns = sheet.by_number(report)
    pages = zip(report.submissions, _titles(report), strict=True)
    named = [(each, title, name) for each, title in pages for name in _names(each, title)]
    places = escape.folders(name for *_, name in named)
    found = {}
    for place, (submission, title, _) in zip(places, named, strict=True):
        details = [_details(result) for result in submission.exercises]
        found[f"{place}.md"] = _markdown(submission, title, columns, details)
        found[f"{place}.html"] = _html(submission, title, columns, details)
    return found


def _titles(report: Report) -> list[str]:
    """The title of each page: the learner's name, with the id if several have the same name."""
    names = [_name(each) for each in report.submissions]
    times = Counter(name.casefold() for name in names)
    return [
        f"{name}, {escape.line(each.learner.id)}" if times[name.casefold()] > 1 and each.learner is not None else name
        for name, each in zip(names, report.submissions, strict=True)
    ]


def _names(submission: SubmissionResult, title: str) -> list[str]:
    return [f"{prefix}feedback" for prefix in submission.hand_backs] or [title]


def _name(submission: SubmissionResult) -> str:
    learner = submission.learner
    return escape.line((learner.name or learner.id) if learner is not None else submission.submission)


def _points(submission: SubmissionResult) -> str:
    counted = f", of which {submission.counted_score:g} count" if submission.takes_off and submission.late_by else ""
    return f"{submission.score:g} of {submission.max_score:g} points{counted}"


def _verdict_and_points(result: AttemptResult) -> str:
    points = f", {result.score:g} of {result.max_score:g} points" if result.verdict.is_judged else ""
    return f"{terminal.MARKS[result.verdict]} {sheet.word(result)}{points}"


def _check(check: CheckResult) -> str:
    points = f" ({check.score:g} of {check.max_score:g})" if check.verdict.is_judged else ""
    sentence = of_check(check)
    return f"{terminal.MARKS[check.verdict]} {escape.line(check.title)}{points}" + (f": {sentence}" if sentence else "")


def _details(result: AttemptResult) -> list[str]:
    """Pictures, hints and output of checks that were not passed."""
    if sheet.is_absent(result):
        return []
    return [in_full(check)[:DETAIL_CHARACTERS] for check in result.checks if check.verdict != "passed"]


def _markdown(
    submission: SubmissionResult, title: str, columns: dict[str, sheet.Column], details: list[list[str]]
) -> str:
    lines = [f"# {escape.markdown(title)}: {_points(submission)}", ""]
    for result, said in zip(submission.exercises, details, strict=True):
        lines += [f"## {escape.markdown(columns[result.exercise].title)}: {_verdict_and_points(result)}", ""]
        lines += [f"{late}\n" for late in [of_lateness(submission, result.exercise)] if late]
        if not sheet.is_absent(result):
            lines += [*(f"- {escape.markdown(_check(check))}" for check in result.checks), ""]
        lines += [escape.fenced(detail) for detail in said]
    return "\n".join(lines).rstrip() + "\n"


def _html(submission: SubmissionResult, title: str, columns: dict[str, sheet.Column], details: list[list[str]]) -> str:
    heading = html.escape(f"{title}: {_points(submission)}")
    parts = [f"<h1>{heading}</h1>"]
    for result, said in zip(submission.exercises, details, strict=True):
        parts.append(f"<h2>{html.escape(f'{columns[result.exercise].title}: {_verdict_and_points(result)}')}</h2>")
        parts += [f"<p>{html.escape(late)}</p>" for late in [of_lateness(submission, result.exercise)] if late]
        if not sheet.is_absent(result):
            checks = "".join(f"<li>{html.escape(escape.line(_check(check)))}</li>" for check in result.checks)
            parts.append(f"<ul>{checks}</ul>")
        parts += [f"<pre>{html.escape(escape.plain(detail))}</pre>" for detail in said]
    parts.append("</body></html>\n")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{heading}</title>'
    start = f'<!doctype html>\n<html lang="en"><head>{head}<style>{STYLE}</style></head>\n<body>'
    return "\n".join([start, *parts])
