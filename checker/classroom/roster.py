"""The roster: who is in the class, from a CSV with any columns, and whose each submission is."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from checker.classroom.handins import Submission
from checker.model.record import Record
from checker.report.model import Learner

IDS = ("id", "student id", "student number", "id number", "idnumber", "sis user id")
LOGINS = ("sis login id", "username", "login", "login id", "github username", "roster identifier")
EMAILS = ("email", "e-mail", "email address", "e-mail address", "mail")
NAMES = ("name", "student", "full name", "student name")
FIRST_NAMES = ("first name", "firstname", "given name")
LAST_NAMES = ("last name", "lastname", "surname", "family name")
"""How platforms call their columns; case, and _ for a space, do not matter."""
POINTS_POSSIBLE = "Points Possible"
"""The second row of Canvas's gradebook, which is no student."""
DELIMITERS = ",;\t"

Row = dict[str, str]


class RosterError(Exception):
    """The roster cannot be used; the message says what was expected, what is there, what to do."""


class Matches(Record):
    """Whose submissions these are."""

    learners: dict[str, Learner]
    """By the names of submissions."""
    missing: list[Learner]
    """Nobody's submission can be theirs."""
    ambiguous: dict[str, str]
    """By the names of submissions that were given to nobody: why."""


def read(
    path: Path, id_column: str | None = None, name_column: str | None = None, email_column: str | None = None
) -> list[Learner]:
    """The learners of a roster, in its order. Columns that are not said are known by common names. Raises RosterError.

    The id is what identifies the learner where the marks go, so there has to be one in each row, and no two the same.
    """
    columns, rows = _table(path)
    ids = _said(path, id_column, columns) or _filled((*IDS, *LOGINS, *EMAILS), columns, rows)
    if ids is None:
        raise RosterError(
            f"{path} has no column with ids that is known: name it with --roster-id. {_there_are(columns)}"
        )
    names = _said(path, name_column, columns)
    emails = _said(path, email_column, columns) or _first(EMAILS, columns)
    learners = [
        Learner(
            id=row[ids].strip(),
            name=row[names].strip() if names is not None else _name(row),
            email=row[emails].strip() if emails is not None else "",
            fields=row,
        )
        for row in rows
    ]
    _check_ids(path, learners, ids)
    return learners


def _table(path: Path) -> tuple[list[str], list[Row]]:
    """The names of the columns, and the rows that are students."""
    try:
        text = _text(path.read_bytes())
    except OSError as error:
        raise RosterError(f"{path} cannot be read: {error.strerror}") from error
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)) if any(line)]
    except csv.Error as error:
        raise RosterError(f"{path} is not a CSV file that can be read: {error}") from error
    if len(lines) < 2:
        raise RosterError(f"{path} has {len(lines)} lines: expected a line with the names of columns, and students")
    columns = [name.strip() for name in lines[0]]
    padding = [""] * len(columns)
    rows = [dict(zip(columns, [*line, *padding], strict=False)) for line in lines[1:]]
    return columns, [row for row in rows if POINTS_POSSIBLE not in row[columns[0]]]


def _text(content: bytes) -> str:
    """Spreadsheets write CSV in UTF-8 or in UTF-16, with a mark at its start, or in an old encoding."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _delimiter(text: str) -> str:
    """Told by the line with the names of columns: what students are called has commas in it."""
    try:
        return csv.Sniffer().sniff(text.lstrip().partition("\n")[0], DELIMITERS).delimiter
    except csv.Error:
        return ","


def _plain(column: str) -> str:
    return column.casefold().replace("_", " ").strip()


def _said(path: Path, name: str | None, columns: Sequence[str]) -> str | None:
    """The column that was asked for."""
    if name is None:
        return None
    found = _first((_plain(name),), columns)
    if found is None:
        raise RosterError(f"{path} has no column {name!r}. {_there_are(columns)}")
    return found


def _there_are(columns: Sequence[str]) -> str:
    return f"Its columns are: {', '.join(columns)}"


def _first(known: Iterable[str], columns: Sequence[str]) -> str | None:
    """The first of the known names that is a column's, as it is written there."""
    written = {_plain(column): column for column in reversed(columns)}
    return next((written[name] for name in known if name in written), None)


def _filled(known: Iterable[str], columns: Sequence[str], rows: Sequence[Row]) -> str | None:
    """The first column of these names with something in each row; if there is none, the first of these names."""
    full = [column for column in columns if all(row[column].strip() for row in rows)]
    known = list(known)
    return _first(known, full) or _first(known, columns)


def _name(row: Row) -> str:
    column = _first(NAMES, list(row))
    if column is not None:
        return row[column].strip()
    parts = [_first(FIRST_NAMES, list(row)), _first(LAST_NAMES, list(row))]
    return " ".join(row[part].strip() for part in parts if part is not None)


def _check_ids(path: Path, learners: Sequence[Learner], column: str) -> None:
    if not learners:
        raise RosterError(f"{path} has no students: expected one in each line after the first")
    for learner in learners:
        if not learner.id:
            told = ", ".join(value for value in learner.fields.values() if value.strip())
            raise RosterError(f"{path} has no {column!r} for {told}: fill it in, or choose another with --roster-id")
    often = [name for name, times in Counter(learner.id for learner in learners).items() if times > 1]
    if often:
        raise RosterError(
            f"{path} has the same {column!r} more than once: {', '.join(often[:5])}. "
            "Remove what is there twice, or choose another column with --roster-id"
        )


def match(learners: Sequence[Learner], submissions: Iterable[Submission]) -> Matches:
    """Whose submissions these are, told by their keys: ids, then e-mail addresses, then logins, then names.

    Two learners for one submission, or two submissions for one learner, are not decided here.
    """
    levels = [_index(learners, telling) for telling in (_ids, _emails, _logins, _names)]
    found = {each.name: _found(each, levels) for each in submissions}
    claims = Counter(learner.id for claimed in found.values() for learner in claimed)
    ambiguous = {}
    for name, claimed in found.items():
        if len(claimed) > 1:
            people = " or ".join(f"{learner.name} ({learner.id})" for learner in claimed)
            ambiguous[name] = f"it may be from {people}"
        elif claimed and claims[claimed[0].id] > 1:
            ambiguous[name] = f"it may be from {claimed[0].name} ({claimed[0].id}), and so may another submission"
    return Matches(
        learners={name: claimed[0] for name, claimed in found.items() if claimed and name not in ambiguous},
        missing=[learner for learner in learners if not claims[learner.id]],
        ambiguous=ambiguous,
    )


Level = dict[str, list[Learner]]


def _index(learners: Sequence[Learner], telling: Callable[[Learner], Iterable[str]]) -> Level:
    index: Level = {}
    for learner in learners:
        for key in {_folded(key) for key in telling(learner)} - {""}:
            index.setdefault(key, []).append(learner)
    return index


def _found(submission: Submission, levels: Sequence[Level]) -> list[Learner]:
    """Everybody whom one of the keys means; for each key the first level that knows it decides."""
    found: dict[str, Learner] = {}
    for key in submission.keys:
        ways = [_folded(key), _folded(key), _folded(key), _in_order(key)]
        hits = next((level[way] for level, way in zip(levels, ways, strict=True) if way in level), [])
        found.update({learner.id: learner for learner in hits})
    return list(found.values())


def _ids(learner: Learner) -> list[str]:
    return [learner.id]


def _emails(learner: Learner) -> list[str]:
    return [learner.email, learner.email.partition("@")[0]]


def _logins(learner: Learner) -> list[str]:
    return [value for column, value in learner.fields.items() if _plain(column) in {*IDS, *LOGINS}]


def _names(learner: Learner) -> list[str]:
    """The words of a name in order of the alphabet; and as Canvas has it: last name first, without spaces."""
    words = _words(learner.name)
    turned = ["".join(words[at:] + words[:at]) for at in range(len(words))]
    return [_in_order(learner.name), *turned]


def _in_order(name: str) -> str:
    return " ".join(sorted(_words(name)))


def _words(name: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in _folded(name)).split()


def _folded(text: str) -> str:
    """Without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
