"""The formats that a class can be exported in."""

from __future__ import annotations

from collections.abc import Callable

from checker.report import (
    canvas,
    classroom50,
    escape,
    feedback,
    gradescope,
    history,
    items,
    json,
    junit,
    moodle,
    plain_csv,
    similar,
)  # fmt: skip
from checker.report.html import pages
from checker.report.model import Report

FORMATS: dict[str, Callable[[Report], dict[str, str]]] = {
    "csv": lambda report: {"grades.csv": plain_csv.render(report)},
    "canvas": lambda report: {"canvas.csv": canvas.render(report)},
    "moodle": lambda report: {"moodle.csv": moodle.render(report)},
    "gradescope": gradescope.files,
    "junit": lambda report: {"junit.xml": junit.render(report)},
    "classroom50": classroom50.files,
    "html": pages.files,
    "feedback": feedback.files,
    "items": lambda report: {"items.csv": items.render(report)},
    "history": lambda report: {"history.csv": history.render(report)},
    "similar": lambda report: {"similar.csv": similar.render(report)},
    "leftovers": lambda report: {"leftovers.csv": escape.table([("submission", "path", "why"), *report.leftovers])},
    "json": lambda report: {"report.json": json.render(report)},
}
"""Each makes the files of a report: relative path to text."""
LEFT_OUT: dict[str, Callable[[Report], list[str]]] = {"canvas": canvas.left_out, "moodle": moodle.left_out}
"""For formats whose reader matches rows to people: sentences about what is not in the file."""
