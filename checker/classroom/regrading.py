"""`--regrade` may take hours: if a run is killed, the next one goes on from there, as with any other run."""

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
    """The number of the last result before the run."""
    key: str
    """The key of that result: in a gradebook into which this one was merged, it has another number."""


def left(book: Gradebook, what: str, wanted: list[Wanted]) -> tuple[list[Wanted], bool]:
    """What is still to be graded of everything that is wanted; and whether this goes on with an earlier run.

    `what`: the value of `--regrade`. Raises GradebookError.
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
    """All of it is graded, so the next run begins anew. Raises GradebookError."""
    if book.settings().get(_setting(what)):
        book.set(**{_setting(what): ""})


def _setting(what: str) -> str:
    return f"regrading_{what}"


def _is_here(book: Gradebook, begun: _Begun) -> bool:
    return book.rows(tuple[int, str], SAME, str(begun.result)) == [(begun.result, begun.key)]
