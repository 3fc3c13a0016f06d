"""Take one gradebook into another: what is missing there, and what is newer. The other file is only read."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from pathlib import Path

import msgspec

from checker.gradebook import gradebook_file
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn
from checker.model.record import Record

CURRENT = """
SELECT submission, exercise, sha256, key,
    ifnull((SELECT max(graded_at) FROM result WHERE result.key = handin.key), '') AS graded_at
FROM handin ORDER BY submission, exercise
"""
Text = tuple[str, str, str | None]
"""A submission, an exercise, and the SHA-256 of what was handed in."""


class _Current(Record):
    """The attempt that counts."""

    text: Text
    key: str
    graded_at: str
    at: str
    """When it was handed in, or first seen; "": nobody kept that."""


def merge(book: Gradebook, path: Path) -> None:
    """All of it or nothing; every record is read before it is taken. Raises GradebookError.

    What a gradebook was told by its own commands stays: an older course, roster or hand-in of another replaces nothing.
    """
    with Gradebook(path, only_read=True) as other, book.writing():
        other.look_through()
        _take_settings(book, other)
        people = [(each.id, msgspec.json.encode(each)) for each in other.roster()]
        book.write("INSERT OR IGNORE INTO learner VALUES (?, ?)", people)
        _take_handins(book, other)
        book.write("INSERT OR IGNORE INTO past VALUES (?, ?, ?, ?, ?)", _past(other))
        _take_texts(book, other)
        _take_results(book, other)
        book.write(gradebook_file.APPEAL, sorted({*other.appeals()} - {*book.appeals()}))


def _take_settings(book: Gradebook, other: Gradebook) -> None:
    """All of them, if there are none yet; else only what else was asked for, and what else was left out."""
    ours, theirs = book.settings(), other.settings()
    kept = ours or theirs
    if "asked" in ours and "asked" in theirs:
        kept["asked"] = " ".join(sorted({*ours["asked"].split(), *theirs["asked"].split()}))
    book.set(**kept)
    known = gradebook_file.left_out(ours)
    for where, ignored in gradebook_file.left_out(theirs).items():
        book.leave_out(where, known.get(where, ignored))


def _take_handins(book: Gradebook, other: Gradebook) -> None:
    """Each attempt with what its submission says of it."""
    known = {each.name for each in book.submissions()}
    newer = _newer(book, other)
    for each in other.submissions():
        if each.name not in known:
            book.enter(msgspec.structs.replace(each, attempts=[]), {})
        said = {attempt.exercise: attempt for attempt in each.attempts}
        for theirs in newer[each.name]:
            _, exercise, digest = theirs.text
            bare = said.get(exercise, HandIn(exercise=exercise, text=None))
            attempt = msgspec.structs.replace(bare, text=other.attempt(digest) if digest is not None else None)
            submission = msgspec.structs.replace(each, attempts=[attempt])
            book.enter(submission, {exercise: theirs.key}, exercise, theirs.at or None)


def _newer(book: Gradebook, other: Gradebook) -> dict[str, list[_Current]]:
    """What is to be taken, by submission."""
    here = {each.text[:2]: each for each in _current(book)}
    past: set[Text] = {(submission, exercise, digest) for submission, exercise, digest, _, _ in _past(book)}
    found: dict[str, list[_Current]] = defaultdict(list)
    for theirs in _current(other):
        ours = here.get(theirs.text[:2])
        if ours is None or _is_newer(theirs, ours, past):
            found[theirs.text[0]].append(theirs)
    return found


def _is_newer(theirs: _Current, ours: _Current, past: set[Text]) -> bool:
    """Of one text, what was graded later; of two, what was handed in later and is not one of our earlier ones."""
    if theirs.text == ours.text:
        return theirs.graded_at > ours.graded_at
    return theirs.text[2] is not None and theirs.text not in past and theirs.at > ours.at


def _current(book: Gradebook) -> list[_Current]:
    times: dict[Text, str] = {(submission, exercise, digest): at for submission, exercise, digest, _, at in _past(book)}
    found = book.rows(tuple[str, str, str | None, str, str], CURRENT)
    return [
        _Current(text=text, key=key, graded_at=graded_at, at=times.get(text, ""))
        for text, key, graded_at in ((row[:3], row[3], row[4]) for row in found)
    ]


def _past(book: Gradebook) -> list[tuple[str, str, str, str, str]]:
    """Rows of everything that was ever handed in, once they were read as they will be: a time has to be one."""
    book.past()
    query = "SELECT submission, exercise, sha256, key, at FROM past"
    return book.rows(tuple[str, str, str, str, str], query) if book.has("past") else []


def _take_texts(book: Gradebook, other: Gradebook) -> None:
    """One after the other, as there may be many; under the SHA-256 that they have, whatever the file says."""
    for (digest,) in other.rows(tuple[str], "SELECT sha256 FROM attempt"):
        text = other.attempt(digest) or b""
        book.write("INSERT OR IGNORE INTO attempt VALUES (?, ?)", [(sha256(text).hexdigest(), text)])


def _take_results(book: Gradebook, other: Gradebook) -> None:
    """With the time at which each was graded."""
    for key in other.verdicts():
        ours = book.history(key)
        new = [
            (key, when, result.verdict, msgspec.json.encode(result))
            for when, result in other.history(key)
            if (when, result) not in ours
        ]
        book.write("INSERT INTO result (key, graded_at, verdict, record) VALUES (?, ?, ?, ?)", new)
