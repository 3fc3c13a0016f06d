"""Merge one gradebook into another: what that does not have, and what is newer. The merged file is only read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from checker.classroom import rosters
from checker.classroom.again import ANOTHER_GRADEBOOK, Earlier, with_numbers, with_time
from checker.gradebook import gradebook_file
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.gradebook_file import GradebookError
from checker.gradebook.handins import HandIn, Ignored, Submission
from checker.model.record import Record

CURRENT = """
SELECT submission, exercise, sha256, key,
    ifnull((SELECT max(graded_at) FROM result WHERE result.key = handin.key), '') AS graded_at
FROM handin ORDER BY submission, exercise
"""
Text = tuple[str, str, str | None]
"""A submission, an exercise, and the SHA-256 of what was handed in."""


class Merged(Record):
    """What an instructor should know of a merge."""

    renamed: dict[str, str]
    """Submissions with another name here: a namesake was here before, or the same person had another name."""
    ignored: list[tuple[str, Ignored]]
    """By submission: of two attempts at one exercise, the one that does not count. Its text and results are kept."""


class _Current(Record):
    """The attempt that counts at an exercise."""

    text: Text
    key: str
    graded_at: str
    at: str
    """When it was handed in, or first seen; "": nobody kept that."""


class _Compared(Record):
    """A submission of the other gradebook, compared with what is here of it."""

    newer: list[_Current] = msgspec.field(default_factory=list)
    """What is to be taken."""
    unclear: list[str] = msgspec.field(default_factory=list)
    """Exercises with different texts, neither of which is known to be an earlier one of the same sender."""
    same: list[str] = msgspec.field(default_factory=list)
    """Exercises with the same text."""


def merge(book: Gradebook, path: Path) -> Merged:
    """Take all of it or nothing; every record is decoded before it is taken. Raises GradebookError.

    What `book` was told by its own commands stays: an older course, roster or hand-in of the other replaces nothing.
    Two submissions are the same if they are by the same people, whatever their names are.
    """
    with Gradebook(path, only_read=True) as other, book.writing():
        other.look_through()
        _take_settings(book, other)
        _take_roster(book, other)
        names = _names(book, other)
        ignored = _take_handins(book, other, names, path.name)
        book.write("INSERT OR IGNORE INTO past VALUES (?, ?, ?, ?, ?)", _past(other, names))
        _take_texts(book, other)
        _take_results(book, other)
        appeals = {(names.get(who, who), exercise, key, at, why) for who, exercise, key, at, why in other.appeals()}
        book.write(gradebook_file.APPEAL, sorted(appeals - {*book.appeals()}))
    return Merged(renamed={theirs: ours for theirs, ours in names.items() if theirs != ours}, ignored=ignored)


def _take_roster(book: Gradebook, other: Gradebook) -> None:
    """Add those who are not here yet under any id. What the other says differently of the rest is remembered."""
    is_same_list = rosters.may_be_same_list(*(rosters.numbers(each.submissions()) for each in (book, other)))
    there = other.roster()
    known = rosters.joined(book.roster(), there, is_same_list)
    new = [(each.id, msgspec.json.encode(each)) for each in there if each.id not in known]
    book.write("INSERT OR IGNORE INTO learner VALUES (?, ?)", new)
    said = [msgspec.structs.replace(each, id=known.get(each.id, each.id)) for each in there]
    book.remember([*other.former(), *said])


def _names(book: Gradebook, other: Gradebook) -> dict[str, str]:
    """What the other's submissions are called here. Raises GradebookError."""
    earlier, names = Earlier(book, None), dict[str, str]()
    for each in sorted(other.submissions(), key=earlier.is_same, reverse=True):
        names[each.name] = earlier.renamed(each, [attempt.exercise for attempt in each.attempts]).name
    if len({*names.values()}) < len(names):
        raise GradebookError("two of its submissions are one of this gradebook: use another gradebook for it")
    return names


def _take_settings(book: Gradebook, other: Gradebook) -> None:
    """All of them if there are none yet; else only the exercises that were asked for, and what was left out."""
    ours, theirs = book.settings(), other.settings()
    kept = ours or theirs
    if "asked" in ours and "asked" in theirs:
        kept["asked"] = " ".join(sorted({*ours["asked"].split(), *theirs["asked"].split()}))
    book.set(**kept)
    known = gradebook_file.left_out(ours)
    for where, ignored in gradebook_file.left_out(theirs).items():
        book.leave_out(where, known.get(where, ignored))


def _take_handins(
    book: Gradebook, other: Gradebook, names: Mapping[str, str], called: str
) -> list[tuple[str, Ignored]]:
    """Take attempts, with what is said of them. Returns what does not count. `called`: the other gradebook's name."""
    before, compared = {each.name: each for each in book.submissions()}, _compared(book, other, names)
    told: list[tuple[str, Ignored]] = []
    for each in other.submissions():
        theirs = msgspec.structs.replace(each, name=names[each.name])
        ours, found = before.get(theirs.name), compared[theirs.name]
        if ours is None:
            bare = msgspec.structs.replace(theirs, attempts=[])
            book.enter(bare, {})
        else:
            ignored = _ignored(ours, theirs, found, called)
            told += [(ours.name, left) for left in ignored]
            bare = _joined(ours, theirs, ignored, is_newer=bool(found.newer))
            mine, theirs = _dated(theirs, ours, found.same), _dated(ours, theirs, found.same)
            row = (gradebook_file.without_texts(msgspec.structs.replace(bare, attempts=mine.attempts)), ours.name)
            book.write("UPDATE submission SET record = ? WHERE name = ?", [row])
        for current in found.newer:
            _, exercise, digest = current.text
            text = other.attempt(digest) if digest is not None else None
            attempts = [msgspec.structs.replace(_said(theirs, exercise), text=text)]
            submission = msgspec.structs.replace(bare, attempts=attempts)
            book.enter(submission, {exercise: current.key}, exercise, current.at or None)
        times = {exercise: _said(theirs, exercise).handed_in for exercise in found.same}
        book.write(gradebook_file.DATE, [(when, theirs.name, exercise) for exercise, when in times.items() if when])
    return told


def _said(submission: Submission, exercise: str) -> HandIn:
    """What a submission says of its attempt at an exercise, without the text."""
    bare = HandIn(exercise=exercise, text=None)
    return next((each for each in submission.attempts if each.exercise == exercise), bare)


def _dated(before: Submission, again: Submission, same: Sequence[str]) -> Submission:
    """`again`, with the earliest known time of its attempts at `same`, where both have the same text."""
    attempts = [
        with_time(_said(before, each.exercise), each) if each.exercise in same else each for each in again.attempts
    ]
    return msgspec.structs.replace(again, attempts=attempts)


def _ignored(ours: Submission, theirs: Submission, compared: _Compared, called: str) -> list[Ignored]:
    """If nobody can know whether two attempts are of one sender, the later one counts, and the other is listed."""
    taken = {current.text[1] for current in compared.newer}
    found = []
    for exercise in compared.unclear:
        here, there = _said(ours, exercise).path, f"{_said(theirs, exercise).path} of {called}"
        left, counts = (here, there) if exercise in taken else (there, here)
        found.append(Ignored(path=left, why=f"{counts} {ANOTHER_GRADEBOOK}"))
    return found


def _joined(ours: Submission, theirs: Submission, ignored: list[Ignored], is_newer: bool) -> Submission:
    """What both say together, with the attempts of one. `is_newer`: something of `theirs` counts."""
    first, second = (theirs, ours) if is_newer else (ours, theirs)
    known = [*ignored, *ours.ignored, *theirs.ignored]
    return msgspec.structs.replace(
        first,
        people=with_numbers(first.people or second.people, second.people),
        handed_in=max(filter(None, (ours.handed_in, theirs.handed_in)), default=None),
        ignored=[each for at, each in enumerate(known) if each not in known[:at]],
    )


def _compared(book: Gradebook, other: Gradebook, names: Mapping[str, str]) -> dict[str, _Compared]:
    """The other's attempts, compared with ours, by submission."""
    here = {each.text[:2]: each for each in _current(book, {})}
    past: set[Text] = {row[:3] for row in _past(book, {})}
    their_past: set[Text] = {row[:3] for row in _past(other, names)}
    found: dict[str, _Compared] = defaultdict(_Compared)
    for theirs in _current(other, names):
        ours = here.get(theirs.text[:2])
        if ours is None or _is_newer(theirs, ours, past):
            found[theirs.text[0]].newer.append(theirs)
        if ours is None or None in (theirs.text[2], ours.text[2]):
            continue
        if theirs.text == ours.text:
            found[theirs.text[0]].same.append(theirs.text[1])
        elif theirs.text not in past and ours.text not in their_past:
            found[theirs.text[0]].unclear.append(theirs.text[1])
    return found


def _is_newer(theirs: _Current, ours: _Current, past: set[Text]) -> bool:
    """The same text is newer if it was graded later; another one if it was handed in later, and was not here before."""
    if theirs.text == ours.text:
        return theirs.graded_at > ours.graded_at
    return theirs.text[2] is not None and theirs.text not in past and theirs.at > ours.at


def _current(book: Gradebook, names: Mapping[str, str]) -> list[_Current]:
    times: dict[Text, str] = {row[:3]: row[4] for row in _past(book, names)}
    found = book.rows(tuple[str, str, str | None, str, str], CURRENT)
    return [
        _Current(text=text, key=key, graded_at=graded_at, at=times.get(text, ""))
        for name, exercise, digest, key, graded_at in found
        for text in [(names.get(name, name), exercise, digest)]
    ]


def _past(book: Gradebook, names: Mapping[str, str]) -> list[tuple[str, str, str, str, str]]:
    """Rows of everything that was ever handed in. `names`: what submissions are to be called in them."""
    book.past()  # raises GradebookError if a time is none
    query = "SELECT submission, exercise, sha256, key, at FROM past"
    rows = book.rows(tuple[str, str, str, str, str], query) if book.has("past") else []
    return [(names.get(name, name), exercise, digest, key, at) for name, exercise, digest, key, at in rows]


def _take_texts(book: Gradebook, other: Gradebook) -> None:
    """One by one, because there may be many; under the SHA-256 that they really have, whatever the file says."""
    for (digest,) in other.rows(tuple[str], "SELECT sha256 FROM attempt"):
        text = other.attempt(digest) or b""
        book.write("INSERT OR IGNORE INTO attempt VALUES (?, ?)", [(sha256(text).hexdigest(), text)])


def _take_results(book: Gradebook, other: Gradebook) -> None:
    """Each with the time at which it was graded."""
    for key in other.verdicts():
        ours = book.history(key)
        new = [
            (key, when, result.verdict, msgspec.json.encode(result))
            for when, result in other.history(key)
            if (when, result) not in ours
        ]
        book.write("INSERT INTO result (key, graded_at, verdict, record) VALUES (?, ?, ?, ?)", new)
