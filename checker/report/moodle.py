"""The CSV that the gradebook of Moodle imports (Grades, Import, CSV file).

Any headers will do: whoever imports it says which column identifies the learner and which grade item each is for.
"""

from __future__ import annotations

import html
import re

from checker.report import escape, sheet
from checker.report.model import Report
from checker.report.remarks import of_attempt, with_hint

IDENTIFYING = {"id", "idnumber", "username", "email", "emailaddress"}
"""Names of columns that Moodle finds a user by, in small letters and without separators."""
SEPARATORS = re.compile("[ _-]")


def render(report: Report) -> str:
    """Per exercise a grade, the points that count, and feedback; blank where nothing was judged.

    The first columns are those of the roster that Moodle can find a user by, or else the learner's id.
    """
    columns, rows = sheet.columns(report), sheet.rows(report)
    known = dict.fromkeys(field for row in rows if row.learner is not None for field in row.learner.fields)
    identifying = [field for field in known if SEPARATORS.sub("", field.lower()) in IDENTIFYING]
    marks = [heading for column in columns for heading in (column.title, f"{column.title} (feedback)")]
    return escape.table(
        [
            [*(identifying or ["learner"]), "full name", *marks],
            *([*_who(row, identifying), *_marks(row, columns)] for row in rows),
        ]
    )


def _who(row: sheet.Row, identifying: list[str]) -> list[str]:
    if not identifying:
        return [row.learner.id if row.learner is not None else row.name, row.name]
    fields = row.learner.fields if row.learner is not None else {}
    return [*(fields.get(field, "") for field in identifying), row.name]


def _marks(row: sheet.Row, columns: list[sheet.Column]) -> list[str]:
    cells = []
    for column in columns:
        feedback = _feedback(row, column)
        cells += [escape.number(row.mark(column)), feedback]
    return cells


def _feedback(row: sheet.Row, column: sheet.Column) -> str:
    result = row.result(column)
    if row.submission is None or (result is not None and sheet.is_absent(result)):
        return sheet.NOT_HANDED_IN
    if result is None:
        return sheet.EXCUSED if row.is_excused(column) else ""
    # Moodle shows it as HTML.
    return html.escape(with_hint(of_attempt(result), result.diagnosis), quote=False)
