"""What all pages have in common: the frame, names, links, marks and tables. Pure."""

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
"""Numbers, each after what it counts."""
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
"""Chromium takes 'self' also for files beside a page that is opened from the disk (tried with version 150)."""

TENTH = 0.1
"""Of a day: what is less would read 0.0."""


def page(title: str, report: Report, *content: Html, home: bool = False) -> str:
    """A whole page of a folder."""
    shown_with = (tag("link", rel="stylesheet", href="style.css"), tag("script", src="table.js", defer=""))
    back = [] if home else [tag("nav", tag("a", "← Whole class", href="index.html"), aria_label="Report")]
    body = tag("body", *back, tag("main", *content), _footer(report), class_="wide" if home else None)
    return _document(title, POLICY, shown_with, body)


def alone(title: str, report: Report, style: str, script: str, *content: Html) -> str:
    """A page that is one file: with its style and its script inside, and no others allowed."""
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
    """As a policy names what stands in the page itself."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _footer(report: Report) -> Html:
    return tag("footer", tag("p", f"Concurrency Kata {report.version}. Measured on {_machine(report.machine)}."))


def _machine(machine: Machine) -> str:
    cpus = "CPU" if machine.cpus == 1 else "CPUs"
    clock = "times corrected for other programs" if machine.clock == "corrected" else "times as they were"
    attempts = f", attempts on {machine.attempts}" if machine.attempts else ""
    return f"{machine.cpus:g} {cpus} with Python {machine.python} on {machine.platform}{attempts}, {clock}"


def learner_file(position: int) -> str:
    """The page of the submission at this position, from 0."""
    return f"learner-{position + 1}.html"


def exercise_file(number: str) -> str:
    """The page of an exercise."""
    return f"exercise-{number}.html"


def name(submission: SubmissionResult) -> Html:
    """Who handed in."""
    return tag("bdi", title(submission))


def title(submission: SubmissionResult) -> str:
    """The same as plain text."""
    return (submission.learner.name if submission.learner else "") or submission.submission or "no name"


def order(submission: SubmissionResult) -> tuple[str, str]:
    """Sorts by the name that is shown, whatever its case and accents, and then by what was handed in."""
    letters = (char for char in normalize("NFKD", title(submission)) if not combining(char))
    return "".join(letters).casefold(), submission.submission


def mark(verdict: Verdict) -> Html:
    """A verdict as a sign; its word for those who hear the page."""
    return together([tag("span", MARKS[verdict], class_=f"mark {verdict}", aria_hidden="true"), unseen(f"{verdict} ")])


def lateness(submission: SubmissionResult) -> str:
    """How late, and what the policy takes off; the scores that are shown are the raw ones."""
    late = submission.late
    if late is None:
        return ""
    days = "" if not late.days else f"{late.days:.1f} days, " if late.days >= TENTH else "under 0.1 days, "
    return f"{days}-{late.penalty:.0%}"


def label(info: ExerciseInfo) -> str:
    """An exercise's number and title."""
    return f"{info.number} {info.title}".strip()


def facts(pairs: Facts) -> Html:
    """Numbers with what they count."""
    return tag("dl", *(tag("div", tag("dt", label), tag("dd", value)) for label, value in pairs), class_="facts")


def heading(label: str, kind: str | None = None, hover: str | None = None) -> Html:
    """The head of a column, which sorts the table by it; `kind`: "number" stands to the right."""
    return tag("th", tag("button", label, type="button", title=hover, aria_label=hover), scope="col", class_=kind)


def search(label: str) -> Html:
    """A field that shows only the rows of the table below that have its text; it is there where the script runs."""
    field = tag("input", type="search", autocomplete="off", spellcheck="false")
    shown = tag("output", "")
    return tag("p", tag("label", label, " ", field), " ", shown, class_="search", hidden="")


def table(caption: str, headings: Sequence[Html], rows: Iterable[Html], kind: str = "") -> Html:
    """A table that can be sorted; where it is too wide it scrolls, and not the page."""
    whole = tag(
        "table",
        tag("caption", caption, class_="unseen"),
        tag("thead", tag("tr", *headings)),
        tag("tbody", *rows),
        class_=f"sortable {kind}".strip(),
    )
    return tag("div", whole, class_="scroll", tabindex="0", role="region", aria_label=caption)
