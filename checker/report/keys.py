"""Which rows of a table its reader can give to somebody, by keys that come back exactly; and who is left out. Pure.

A row without such a key is worse than none: Moodle gives its marks to the row before it, or refuses the whole table;
Canvas gives them to whoever is called so.
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
    """The rows of a report, by whether a reader can place them."""

    rows: list[sheet.Row]
    keyless: list[sheet.Row]
    """Of learners whose key is missing, is not theirs alone, or would be another one in a safe cell."""
    nobodys: list[sheet.Row]
    """Submissions that were given to nobody of the roster."""


def exact(value: str) -> str:
    """A key as its reader gets it; "" if there is none, or if a safe cell would be another one."""
    key = value.strip()
    return key if escape.cell(key) == key else ""


def placed(report: Report, key: Callable[[sheet.Row], str]) -> Placed:
    """`key`: what the reader finds a row by; "" if it could not."""
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
    """Sentences for whoever reads the table into a gradebook: whose marks are not in it."""
    lines = []
    if found.nobodys:
        lines.append(f"left out, as it was given to nobody of the roster: {listed(found.nobodys)}")
    if found.keyless:
        why = "left out, as no key of theirs alone is read back as it is; enter these marks by hand"
        people = printable(", ".join(map(_called, found.keyless)))
        lines.append(f"{why} (`--format csv` has them): {people}")
    return lines


def listed(rows: Sequence[sheet.Row]) -> str:
    """Who they are, for people."""
    more = f" and {len(rows) - LISTED} more" if len(rows) > LISTED else ""
    return printable(", ".join(map(_called, rows[:LISTED])) + more)


def _called(row: sheet.Row) -> str:
    learner = row.learner
    return escape.line(f"{row.name} ({learner.id})" if learner is not None and learner.name else row.name)
