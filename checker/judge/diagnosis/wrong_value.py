"""One value in the place of another: an entry of a dictionary, an item, or the whole result. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from checker.judge.diagnosis import known, nearly
from checker.judge.diagnosis.sentence import diagnosis
from checker.judge.diagnosis.values import AnError, items, own_keys, same, shown
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.outcome import ErrorInfo

GONE_WITH_THEM = (
    "Who gives up a whole gather (by a timeout around it, or `wait_for`) throws away what had come already, too. Keep "
    "each answer when it comes, or let `asyncio.wait` tell which tasks are done."
)


def dropped(run: Run) -> int:
    """How many operations were cancelled before they had answered."""
    return sum(span.outcome == "dropped" for span in run.spans)


def entry(run: Run, value: object, expected: object) -> Diagnosis | None:
    """The first entry of a dictionary that is wrong, missing or too much: of a long one only that is worth showing."""
    if not isinstance(value, dict) or not isinstance(expected, dict):
        return None
    different = next((key for key in expected if key not in value or not same(value[key], expected[key])), None)
    if different is None and len(value) == len(expected):
        own = own_keys(value)
        key = next(key for key in expected if not same(own[key], key))
        sentence = f"{run.function} returned a dictionary with the key {shown(own[key])}, where {shown(key)} is right"
        return diagnosis(Code.WRONG_RESULT, sentence, hint=nearly.other_kind(own[key], key))
    if different is None:
        key = next(key for key in value if key not in expected)
        sentence = f"{run.function} returned {shown(value[key])} for {key!r}, which does not belong there"
        return diagnosis(Code.WRONG_RESULT, sentence)
    given, right = value.get(different), expected[different]
    got, wanted, hint = nearly.told_apart(given, right)
    if given is None:
        got, hint = "nothing" if different not in value else got, GONE_WITH_THEM if dropped(run) else None
    sentence = f"{run.function} returned {got} for {different!r}, where {wanted} is right"
    owners = [key for key in expected if key != different and _identifies_owner(given) and same(given, expected[key])]
    anothers = bool(owners) and right is None and isinstance(given, ErrorInfo)
    if len(owners) == 1 or anothers:
        whose = f": that belongs to {owners[0]!r}" if len(owners) == 1 else ""
        return diagnosis(Code.WRONG_RESULT, f"{sentence}{whose}", hint=_NOT_ITS_OWN if anothers else _MIXED_UP)
    if right is None and isinstance(given, ErrorInfo) and given.type == "TimeoutError":
        hint = _LATE_IS_NONE
    return diagnosis(Code.WRONG_RESULT, sentence, hint=hint)


def _identifies_owner(value: object) -> bool:
    """Whether nobody else can have it by chance: a number, an empty text or None may be anybody's."""
    if isinstance(value, list | tuple | dict):
        return any(map(_identifies_owner, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str | bytes | ErrorInfo) and bool(value)


_MIXED_UP = (
    "Which result belongs to whom? `asyncio.wait` gives sets, and `as_completed` gives what is ready first: the order "
    "of asking is gone. Keep beside each task whose it is."
)
_NOT_ITS_OWN = (
    "An exception belongs only to what has failed itself. Whoever awaits a task that has failed gets its exception, "
    "too: catch it there, and leave this entry None."
)
_LATE_IS_NONE = (
    "A TimeoutError is how `asyncio.timeout` and `wait_for` say that the time is up, and an `except Exception` catches "
    "that, too. Catch it before, apart from the failures."
)


def wrong(run: Run, value: object, expected: object) -> Diagnosis:
    """Another value than the right one, as a whole; of a list, the first item that is wrong."""
    kind, right = type(value), type(expected)
    if {kind, right} == {list, tuple} and same(list(items(value)), list(items(expected))):
        sentence = f"{run.function} returned {nearly.KINDS[kind]}, where {nearly.KINDS[right]} is asked for"
        return diagnosis(Code.WRONG_RESULT, sentence, hint=nearly.ONLY_BRACKETS)
    got, wanted, hint = nearly.told_apart(value, expected)
    sentence = f"{run.function} returned {got}, where {wanted} is right"
    if kind in (list, tuple) and kind is right and len(items(value)) == len(items(expected)):
        return _first_wrong(run, items(value), items(expected), sentence, hint)
    hint = hint or (nearly.NO_RETURN if value is None else None)
    return diagnosis(Code.WRONG_RESULT, sentence, hint=hint)


def _first_wrong(
    run: Run, value: Sequence[object], expected: Sequence[object], sentence: str, hint: str | None
) -> Diagnosis:
    """Of a list; with a line and a hint of its own, if the first wrong item is an exception."""
    wrong, right = next(pair for pair in zip(value, expected, strict=True) if not same(*pair))
    line = None
    if isinstance(wrong, ErrorInfo):
        line, hint = wrong.line, known.hint(run, wrong.message, wrong.line) or hint
        if isinstance(right, AnError) and right.type in wrong.bases:
            hint = _ITSELF
    return diagnosis(Code.WRONG_RESULT, sentence, line, hint)


_ITSELF = "Keep the exception that was raised, and make no new one: whoever reads it wants to know what has happened."
