"""The roster: who is in the class, from a CSV with any columns, as platforms and spreadsheets write it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from checker.report.model import Learner

IDENTIFIERS = ("identifier", "roster identifier")
"""Columns with "Participant 880256" in Moodle, and with the instructor's name for a student in GitHub Classroom."""
IDS = ("id", "student id", "student number", "id number", "idnumber", "sis user id", "sid", *IDENTIFIERS)
GITHUB = ("github username", "github login", "github")
LOGINS = ("sis login id", "username", "login", "login id", *GITHUB)
GROUPS = ("group", "groups", "group name", "team")
EMAILS = ("email", "e-mail", "email address", "e-mail address", "mail")
KEYS = (*IDS, *LOGINS, *EMAILS)
"""Columns that may have the ids, the best first."""
LISTED = 5
TIMES = ("last modified (submission)", "submission timestamp")
"""When something was handed in: in Moodle's worksheet of an assignment, and GitHub Classroom's list of its grades."""
TIME_FORMATS = ("%A, %d %B %Y, %I:%M %p", "%A, %B %d, %Y, %I:%M %p", "%A, %d %B %Y, %H:%M")
"""Of Moodle in English, where the first is British, and the second American."""
NAMES = ("name", "student", "full name", "student name")
FIRST_NAMES = ("first name", "firstname", "given name")
LAST_NAMES = ("last name", "lastname", "surname", "family name")
"""How platforms call their columns; case, and _ for a space, do not matter."""
POINTS_POSSIBLE = "Points Possible"
POSTING = {"Manual Posting", "Muted"}
"""They mark rows of Canvas's gradebook that are no students: the first in the first cell, others in another one."""
DELIMITERS = ",;\t"
WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
"""Where windows-1252 differs from latin-1, by latin-1's characters. Five of its bytes are undefined, and stay."""

Row = dict[str, str]


class RosterError(Exception):
    """The roster cannot be used; the message says what was expected, what is there, what to do."""


def read(
    path: Path,
    id_column: str | None = None,
    name_column: str | None = None,
    email_column: str | None = None,
    left_out: list[str] | None = None,
    told: list[str] | None = None,
) -> list[Learner]:
    """The learners of a roster, in its order. Columns that are not given are found by common names.

    The id identifies the learner where the marks go, so a row without one, or with somebody else's, cannot be used.
    `left_out` takes a sentence about each such row; `told` takes one about the choice of the ids' column, if a few
    blank cells have decided it. Raises RosterError.
    """
    columns, rows = _table(path)
    said = _column(path, id_column, columns)
    ids = said or _fullest(_known(KEYS, columns), rows)
    if ids is None:
        raise RosterError(
            f"{path} has no column with ids that is known: name it with --roster-id. {_there_are(columns)}"
        )
    names = _column(path, name_column, columns)
    emails = _column(path, email_column, columns) or _first(EMAILS, columns)
    learners = [_learner(row, ids, names, emails) for row in rows]
    if told is not None and said is None:
        told += [f"{path}: {each}" for each in _passed_over(ids, columns, rows)]
    why = _unusable(learners, ids)
    if left_out is not None:
        left_out += [f"{path}, {_described(learners[at])}: {told}" for at, told in sorted(why.items())]
    usable = [learner for at, learner in enumerate(learners) if at not in why]
    if not usable:
        first = f": {next(iter(why.values()))}" if why else ""
        raise RosterError(f"{path} has no students: expected one in each line after the first{first}")
    return usable


def values(learner: Learner, names: Sequence[str]) -> list[str]:
    """What the roster says of a learner in the columns of these names."""
    return [value for column, value in learner.fields.items() if _normalized(column) in names]


def by_column(learner: Learner, names: Sequence[str]) -> dict[str, str]:
    """What the roster says of a learner in the columns of these names, by name."""
    return {name: value for column, value in learner.fields.items() if (name := _normalized(column)) in names}


def handed_in(learner: Learner, zone: tzinfo) -> str | None:
    """When the learner handed in, if the roster's platform says it: ISO 8601, UTC.

    `zone`: of times that say none.
    """
    for said in values(learner, TIMES):
        when = _time(" ".join(said.split()).replace(" UTC", "+00:00"))
        if when is not None:
            with suppress(OverflowError):  # such as a program's 0001-01-01 for "never"
                return (when if when.tzinfo is not None else when.replace(tzinfo=zone)).astimezone(UTC).isoformat()
    return None


def _time(said: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(said)
    for form in TIME_FORMATS:
        with suppress(ValueError):
            return datetime.strptime(said, form)
    return None


def _table(path: Path) -> tuple[list[str], list[Row]]:
    """The names of the columns, and the rows that are students."""
    try:
        text = _text(path.read_bytes())
    except OSError as error:
        raise RosterError(f"{path} cannot be read: {error.strerror}") from error
    try:
        lines = _lines(text, _delimiter(text))
    except csv.Error as error:
        raise RosterError(f"{path} is not a CSV file that can be read: {error}") from error
    if len(lines) < 2:
        raise RosterError(f"{path} has {len(lines)} lines: expected a line with the names of columns, and students")
    columns = [name.strip() for name in lines[0]]
    padding = [""] * len(columns)
    rows = [dict(zip(columns, [*line, *padding], strict=False)) for line in lines[1:]]
    return columns, [row for row in rows if not _is_canvas_own(row, columns[0])]


def _is_canvas_own(row: Row, first: str) -> bool:
    """Whether a row is about Canvas's assignments. These rows come before those of the students."""
    return POINTS_POSSIBLE in row[first] or (not row[first].strip() and not POSTING.isdisjoint(row.values()))


def _text(content: bytes) -> str:
    """Decode a CSV. Spreadsheets write UTF-8 or UTF-16, with a mark at its start, or Windows's old encoding."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1").translate(WINDOWS)


def _delimiter(text: str) -> str:
    """The one with the most cells in a row that have a heading: names and headings have commas, too.

    If several have as many: the one that a space follows least often, then the one with the most headings.
    """

    def fits(delimiter: str) -> tuple[float, int, int]:
        try:
            lines = _lines(text, delimiter)
        except csv.Error:
            return (0.0, 0, 0)
        width = len(lines[0]) if lines else 0
        cells = sum(min(width, len(line)) for line in lines[1:]) / max(1, len(lines) - 1)
        spaced = sum(cell.startswith(" ") for line in lines for cell in line[1:])
        return (cells, -spaced, width)

    return max(DELIMITERS, key=fits)


def _lines(text: str, delimiter: str) -> list[list[str]]:
    """The cells of each line that has any. Raises csv.Error."""
    return [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(line)]


def _normalized(column: str) -> str:
    return column.casefold().replace("_", " ").strip()


def _column(path: Path, name: str | None, columns: Sequence[str]) -> str | None:
    """The column that was asked for. Raises RosterError."""
    if name is None:
        return None
    found = _first((_normalized(name),), columns)
    if found is None:
        raise RosterError(f"{path} has no column {name!r}. {_there_are(columns)}")
    return found


def _there_are(columns: Sequence[str]) -> str:
    return f"Its columns are: {', '.join(columns)}"


def _known(names: Iterable[str], columns: Sequence[str]) -> list[str]:
    """The columns of these names, as they are written, in the order of the names."""
    written = {_normalized(column): column for column in reversed(columns)}
    return [written[name] for name in names if name in written]


def _first(names: Iterable[str], columns: Sequence[str]) -> str | None:
    return next(iter(_known(names, columns)), None)


def _fullest(columns: Sequence[str], rows: Sequence[Row]) -> str | None:
    """The column with the fewest blank cells; of equally full ones, the first."""
    return max(columns, key=lambda column: sum(bool(row[column].strip()) for row in rows), default=None)


def _passed_over(ids: str, columns: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """A sentence, if an earlier column would have had the ids, but is blank in some rows (not in all)."""
    known = _known(KEYS, columns)
    for column in known[: known.index(ids)]:
        blank = [row for row in rows if not row[column].strip()]
        if len(blank) < len(rows):
            whose = ", ".join(_name(row) or row[ids].strip() for row in blank[:LISTED])
            more = f" and {len(blank) - LISTED} more" if len(blank) > LISTED else ""
            why = f"the ids are those of {ids!r}, as {column!r} is blank for {whose}{more}"
            return [f"{why}: fill that in, or say --roster-id {column!r} to leave these rows out"]
    return []


def _learner(row: Row, ids: str, names: str | None, emails: str | None) -> Learner:
    name = row[names].strip() if names is not None else _name(row)
    return Learner(id=row[ids].strip(), name=name, email=row[emails].strip() if emails is not None else "", fields=row)


def _name(row: Row) -> str:
    column = _first(NAMES, list(row))
    if column is not None:
        return row[column].strip()
    parts = [_first(FIRST_NAMES, list(row)), _first(LAST_NAMES, list(row))]
    return " ".join(row[part].strip() for part in parts if part is not None)


def _unusable(learners: Sequence[Learner], column: str) -> dict[int, str]:
    """The rows that cannot be used, by their places, and why."""
    why = {at: f"it has no {column!r}: fill it in" for at, each in enumerate(learners) if not each.id}
    places: dict[str, list[int]] = {}
    for at, learner in enumerate(learners):
        if learner.id:
            places.setdefault(learner.id, []).append(at)
    for number, found in places.items():
        if len({learners[at].name for at in found}) > 1:
            told = f"somebody else has the same {column!r} {number}: none of them is taken"
            why |= dict.fromkeys(found, told)
        else:
            why |= dict.fromkeys(found[1:], f"{column!r} {number} is there twice, and the first counts")
    return why


def _described(learner: Learner) -> str:
    """A row, for people."""
    return learner.name or ", ".join(value.strip() for value in learner.fields.values() if value.strip())[:60]
