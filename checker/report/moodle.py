"""The CSV that the gradebook of Moodle imports (Grades, Import, CSV file).

Headers are free: during the import one chooses which column identifies the learner, and the grade item of each other.
"""

from __future__ import annotations

import html
import re

from checker.report import escape, keys, sheet
from checker.report.model import Report
from checker.report.remarks import of_attempt, of_lateness, with_hint

IDENTIFYING = {"id", "idnumber", "username", "email", "emailaddress"}
"""Columns by which Moodle can find a user, in lower case and without separators."""
LEARNER = "learner"
"""The column with the learner's id, if the roster has none of these."""
EMPTY = "0"
"""Moodle's importer reads a key "0" as a blank cell."""
SEPARATORS = re.compile("[ _-]")


def render(report: Report) -> str:
    """For each exercise the points that count and feedback; blank if nothing was judged.

    The first columns are the roster's columns by which Moodle can find everybody, or else the learner's id.
    """
    columns, (identifying, placed) = sheet.columns(report), _placed(report)
    marks = [heading for column in columns for heading in (column.title, f"{column.title} (feedback)")]
    return escape.table(
        [
            [*identifying, "full name", *marks],
            *([*(_key(row, each) for each in identifying), row.name, *_marks(row, columns)] for row in placed.rows),
        ]
    )


def left_out(report: Report) -> list[str]:
    """Sentences: whose marks and which columns are not in the table, and why."""
    identifying, placed = _placed(report)
    columns = {each: _by(report, each) for each in _identifying(report) if each not in identifying}
    return [
        *(f"the roster's column {each!r} is left out, as it is no key of {keys.listed(without.keyless)}"
          for each, without in columns.items()),
        *keys.told(placed),
    ]  # fmt: skip


def _placed(report: Report) -> tuple[list[str], keys.Placed]:
    """The columns to identify learners by, and the rows with keys in them.

    These are all columns in which everybody has a key, as it is not known which one Moodle will be told to read; if
    there is none, the column in which the fewest have no key.
    """
    found = {each: _by(report, each) for each in _identifying(report) or [LEARNER]}
    complete = [each for each, placed in found.items() if not placed.keyless]
    chosen = complete or [min(found, key=lambda each: len(found[each].keyless))]
    return chosen, found[chosen[0]]


def _by(report: Report, column: str) -> keys.Placed:
    return keys.placed(report, lambda row: _key(row, column))


def _identifying(report: Report) -> list[str]:
    """The roster's columns by which Moodle can find a user."""
    return [field for field in sheet.roster_fields(report) if SEPARATORS.sub("", field.lower()) in IDENTIFYING]


def _key(row: sheet.Row, column: str) -> str:
    if column == LEARNER:
        known = row.learner.id if row.learner is not None else row.name
    else:
        known = row.learner.fields.get(column, "") if row.learner is not None else ""
    key = keys.exact(known)
    return "" if key == EMPTY else key


def _marks(row: sheet.Row, columns: list[sheet.Column]) -> list[str]:
    return [cell for column in columns for cell in (escape.number(row.mark(column)), _feedback(row, column))]


def _feedback(row: sheet.Row, column: sheet.Column) -> str:
    result = row.result(column)
    if row.is_excused(column):
        return sheet.EXCUSED
    if row.is_undecided(column):
        return sheet.UNDECIDED
    if row.submission is None or (result is not None and sheet.is_absent(result)):
        return sheet.NOT_HANDED_IN
    if result is None:
        return ""
    # Moodle shows it as HTML.
    remarks = [of_lateness(row.submission, column.number), with_hint(of_attempt(result), result.diagnosis)]
    return html.escape("\n".join(filter(None, remarks)), quote=False)
