"""What all pages share: the frame, names, links, marks and tables. Pure."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from unicodedata import combining, normalize

from checker.model.answer import Verdict
from checker.report.html.markup import Html, tag, together, unseen
from checker.report.model import ExerciseInfo, Machine, Report, SubmissionResult
from checker.report.terminal import MARKS

Facts = list[tuple[str, str | float]]
"""Pairs of what is counted and its number."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
"""In Chromium, 'self' includes the files beside a page that is opened from the disk (tried with version 150)."""

TENTH = 0.1
"""Of a day: less than that would be shown as 0.0."""


def page(title: str, report: Report, *content: Html, home: bool = False) -> str:
    """A page in a folder of pages, which share a style sheet and a script."""
    shown_with = (tag("link", rel="stylesheet", href="style.css"), tag("script", src="table.js", defer=""))
    back = [] if home else [tag("nav", tag("a", "← Whole class", href="index.html"), aria_label="Report")]
    body = tag("body", *back, tag("main", *content), _footer(report), class_="wide" if home else None)
    return _document(title, POLICY, shown_with, body)


def alone(title: str, report: Report, style: str, script: str, *content: Html) -> str:
    """A page in one file: style and script are inside, and its policy allows no others."""
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    body = tag("body", tag("main", *content), _footer(report), tag("script", Html(script)))
    return _document(title, policy, (tag("style", Html(style)),), body)


def _document(title: str, policy: str, shown_with: Sequence[Html], body: Html) -> str:
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("link", rel="icon", href="data:,"),  # no request for /favicon.ico
        *shown_with,
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _hash(text: str) -> str:
    """How a Content-Security-Policy names an inline style or script."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _footer(report: Report) -> Html:
    return tag("footer", tag("p", f"Concurrency Kata {report.version}. Measured on {_machine(report.machine)}."))


def _machine(machine: Machine) -> str:
    cpus = "CPU" if machine.cpus == 1 else "CPUs"
    clock = "times corrected for other programs" if machine.clock == "corrected" else "times as they were"
    attempts = f", attempts on {machine.attempts}" if machine.attempts else ""
    return f"{machine.cpus:g} {cpus} with Python {machine.python} on {machine.platform}{attempts}, {clock}"


def learner_file(position: int) -> str:
    """The file of a submission's page. `position`: from 0."""
    return f"learner-{position + 1}.html"


def exercise_file(number: str) -> str:
    """The file of an exercise's page."""
    return f"exercise-{number}.html"


def name(submission: SubmissionResult) -> Html:
    """The name of whoever handed in."""
    return tag("bdi", title(submission))


def title(submission: SubmissionResult) -> str:
    """The same name as plain text."""
    return (submission.learner.name if submission.learner else "") or submission.submission or "no name"


def order(submission: SubmissionResult) -> tuple[str, str]:
    """A key that sorts by the name shown, ignoring case and accents, then by the submission's name."""
    letters = (char for char in normalize("NFKD", title(submission)) if not combining(char))
    return "".join(letters).casefold(), submission.submission


def mark(verdict: Verdict) -> Html:
    """A verdict as a sign, with its word for screen readers."""
    return together([tag("span", MARKS[verdict], class_=f"mark {verdict}", aria_hidden="true"), unseen(f"{verdict} ")])


def lateness(submission: SubmissionResult) -> str:
    """How late, and the share that the policy takes off. (Scores on the pages are the raw ones.)"""
    late = submission.late
    if late is None:
        return ""
    if not late.days:
        return f"-{late.penalty:.0%}"
    days = f"{late.days:.1f}" if late.days >= TENTH else "under 0.1"
    return f"{days} days, -{late.penalty:.0%}"


def label(info: ExerciseInfo) -> str:
    """An exercise's number and title."""
    return f"{info.number} {info.title}".strip()


def facts(pairs: Facts) -> Html:
    """A list of numbers, each with what it counts."""
    return tag("dl", *(tag("div", tag("dt", label), tag("dd", value)) for label, value in pairs), class_="facts")


def heading(label: str, kind: str | None = None, hover: str | None = None) -> Html:
    """The header of a column; a click sorts the table by it. `kind`: "number" is aligned to the right."""
    return tag("th", tag("button", label, type="button", title=hover, aria_label=hover), scope="col", class_=kind)


def search(label: str) -> Html:
    """A field that filters the rows of the table below. It is hidden until the script runs."""
    field = tag("input", type="search", autocomplete="off", spellcheck="false")
    shown = tag("output", "")
    return tag("p", tag("label", label, " ", field), " ", shown, class_="search", hidden="")


def table(caption: str, headings: Sequence[Html], rows: Iterable[Html], kind: str = "") -> Html:
    """A sortable table. If it is too wide, it scrolls by itself, without the page."""
    whole = tag(
        "table",
        tag("caption", caption, class_="unseen"),
        tag("thead", tag("tr", *headings)),
        tag("tbody", *rows),
        class_=f"sortable {kind}".strip(),
    )
    return tag("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)
