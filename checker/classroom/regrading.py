"""`--regrade`, which may take hours: a run that was killed is gone on with, as any other run is."""

from __future__ import annotations

import msgspec

from checker.classroom.classwork import Wanted
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.gradebook_file import decoded
from checker.model.record import Record

LAST = "SELECT id, key FROM result ORDER BY id DESC LIMIT 1"
SAME = "SELECT id, key FROM result WHERE id = CAST(? AS INTEGER)"
SINCE = "SELECT DISTINCT key FROM result WHERE id > CAST(? AS INTEGER)"


class _Begun(Record):
    """In a gradebook: a run that has not ended yet."""

    result: int
    """The number of the last result that there was before."""
    key: str
    """Of that result: a gradebook that was merged from this one has other numbers."""


def left(book: Gradebook, what: str, wanted: list[Wanted]) -> tuple[list[Wanted], bool]:
    """What is still to be graded of everything that is wanted; whether a run is gone on with.

    `what`: as `--regrade` says it. Raises GradebookError.
    """
    said = book.settings().get(_setting(what), "")
    begun = decoded(said.encode(), _Begun) if said else None
    if begun is not None and _is_here(book, begun):
        graded = {key for (key,) in book.rows(tuple[str], SINCE, str(begun.result))}
        return [each for each in wanted if each.key not in graded], True
    for number, key in book.rows(tuple[int, str], LAST) if wanted else ():
        book.set(**{_setting(what): msgspec.json.encode(_Begun(result=number, key=key)).decode()})
    return wanted, False


def done(book: Gradebook, what: str) -> None:
    """All of it is graded: the next one begins anew. Raises GradebookError."""
    if book.settings().get(_setting(what)):
        book.set(**{_setting(what): ""})


def _setting(what: str) -> str:
    return f"regrading_{what}"


def _is_here(book: Gradebook, begun: _Begun) -> bool:
    return book.rows(tuple[int, str], SAME, str(begun.result)) == [(begun.result, begun.key)]
