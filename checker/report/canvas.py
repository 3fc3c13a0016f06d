"""The CSV that the gradebook of Canvas imports.

Canvas's lib/gradebook_importer.rb defines the format: the first columns identify the student, the second row has the
points possible, and a header that Canvas does not know becomes a new assignment.
"""

from __future__ import annotations

from checker.report import assignments, escape, keys, sheet
from checker.report.model import Learner, Report
from checker.report.terminal import printable

KEYS = ("ID", "SIS User ID", "SIS Login ID")
STUDENT_COLUMNS = ("Student", *KEYS, "Section")
POINTS_POSSIBLE = "Points Possible"
EXCUSED = "EX"
"""Canvas's code for excused work."""


def render(report: Report) -> str:
    """One column per exercise with the points that count: blank if nothing was judged, EX if it is excused.

    Its header is the roster's header for the exercise, if the roster was exported from Canvas, such as
    "03 Pooled downloads (12345)"; else the exercise's title.
    """
    columns, rows = sheet.columns(report), _placed(report).rows
    found = assignments.assigned(columns, sheet.roster_fields(report))
    known = found.sure | found.guessed
    return escape.table(
        [
            [*STUDENT_COLUMNS, *(known.get(column.number, column.title) for column in columns)],
            [POINTS_POSSIBLE, "", "", "", "", *(escape.number(column.max_score) for column in columns)],
            *([*_student(row), *(_cell(row, column) for column in columns)] for row in rows),
        ]
    )


def left_out(report: Report) -> list[str]:
    """Sentences: whose marks are not in the table, and why; and which assignments are guessed or new."""
    columns, fields = sheet.columns(report), sheet.roster_fields(report)
    found = assignments.assigned(columns, fields)
    new = [each.title for each in columns if each.number not in found.sure | found.guessed]
    lines = [
        f"exercise {number} goes to {printable(header)!r}, which is a guess, as that is not called like it: if it "
        "is another one, rename this column of the file"
        for number, header in found.guessed.items()
    ]
    if new and any(map(assignments.ID.search, fields)):
        why = "Canvas takes them for new assignments, as it is not certain that one of the roster's is theirs alone"
        lines.append(f"{why}: {printable('; '.join(new))}")
    return keys.told(_placed(report)) + lines


def _placed(report: Report) -> keys.Placed:
    """Rows by the first key that Canvas looks for; without a roster, by the name if there is no key."""
    is_class = sheet.has_roster(report)
    return keys.placed(report, lambda row: next(filter(None, _keys(row)), "" if is_class else f"name {row.name}"))


def _cell(row: sheet.Row, column: sheet.Column) -> str:
    return EXCUSED if row.is_excused(column) else escape.number(row.mark(column))


def _student(row: sheet.Row) -> list[str]:
    """The student's columns. Canvas looks for the ID first, then for the SIS columns, then for the name."""
    learner = row.learner
    if learner is not None and _is_from_canvas(learner):
        return [learner.fields["Student"], *_keys(row), learner.fields.get("Section", "")]
    # A name must not turn its row into the row of points possible.
    return [escape.line(row.name).replace(POINTS_POSSIBLE, POINTS_POSSIBLE.lower()), *_keys(row), ""]


def _keys(row: sheet.Row) -> list[str]:
    """ID, SIS User ID and SIS Login ID; "" for a value that Canvas would not read back unchanged."""
    learner = row.learner
    if learner is not None and _is_from_canvas(learner):
        return [keys.exact(learner.fields.get(column, "")) for column in KEYS]
    known = keys.exact(learner.id) if learner is not None else ""
    # Never as ID: Canvas reads the leading digits of an ID as its own number, which may be somebody else's.
    return ["", known, known]


def _is_from_canvas(learner: Learner) -> bool:
    return {"Student", "ID"} <= learner.fields.keys()
