"""Which rows of a table its reader can match to a person by a unique key, and which are left out. Pure.

A row without such a key is worse than no row: Moodle gives its marks to the row before it or refuses the whole table,
and Canvas gives them to somebody of the same name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from checker.model.record import Record
from checker.report import escape, sheet
from checker.report.model import Report
from checker.report.terminal import printable

LISTED = 10


class Placed(Record):
    """The rows of a report, by whether a reader can match them to a person."""

    rows: list[sheet.Row]
    keyless: list[sheet.Row]
    """Learners whose key is missing, is not unique, or would be changed to make a safe cell."""
    nobodys: list[sheet.Row]
    """Submissions that could not be matched to anybody on the roster."""


def exact(value: str) -> str:
    """A key as its reader gets it; "" if it is missing, or would be changed to make a safe cell."""
    key = value.strip()
    return key if escape.cell(key) == key else ""


def placed(report: Report, key: Callable[[sheet.Row], str]) -> Placed:
    """`key`: gives the key by which the reader finds a row, or ""."""
    rows, is_class = sheet.rows(report), sheet.has_roster(report)
    people = [row for row in rows if row.learner is not None or not is_class]
    times = Counter(key(row).casefold() for row in people)
    is_found = [bool(key(row)) and times[key(row).casefold()] == 1 for row in people]
    return Placed(
        rows=[row for row, found in zip(people, is_found, strict=True) if found],
        keyless=[row for row, found in zip(people, is_found, strict=True) if not found],
        nobodys=[row for row in rows if row.learner is None and is_class],
    )


def told(found: Placed) -> list[str]:
    """Sentences for whoever imports the table: whose marks are not in it."""
    lines = []
    if found.nobodys:
        lines.append(f"left out, as it was given to nobody of the roster: {listed(found.nobodys)}")
    if found.keyless:
        why = "left out, as no key of theirs alone is read back as it is; enter these marks by hand"
        people = printable(", ".join(map(_called, found.keyless)))
        lines.append(f"{why} (`--format csv` has them): {people}")
    return lines


def listed(rows: Sequence[sheet.Row]) -> str:
    """The names of a few rows, and how many more there are."""
    more = f" and {len(rows) - LISTED} more" if len(rows) > LISTED else ""
    return printable(", ".join(map(_called, rows[:LISTED])) + more)


def _called(row: sheet.Row) -> str:
    learner = row.learner
    return escape.line(f"{row.name} ({learner.id})" if learner is not None and learner.name else row.name)
