"""Results that are nearly right: parts that were not added up, and values of another kind. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from checker.judge.diagnosis.sentence import count, diagnosis
from checker.judge.diagnosis.values import GROUP, AnError, Close, difference, is_long, items, same, shown
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.outcome import ErrorInfo

KINDS: dict[type, str] = {
    list: "a list", tuple: "a tuple", dict: "a dictionary", str: "text", bytes: "bytes", int: "a whole number",
    float: "a float", type(None): "None",
}  # fmt: skip


def told_apart(value: object, expected: object) -> tuple[str, str, str | None]:
    """Both, as they are shown (of two long lists, the first items that differ), and a hint if they are of two kinds."""
    got, wanted = items(value), items(expected)
    if type(value) is not type(expected) or isinstance(value, dict) or not is_long(value) or not got:
        return shown(value), shown(expected), _kind_hint(value, expected)
    if len(got) != len(wanted):
        return count(len(got), "item"), str(len(wanted)), None
    place = next(number for number, item in enumerate(got) if not same(item, wanted[number]))
    one, other = got[place], wanted[place]
    return f"{shown(one)} as item {place + 1} of {len(got)}", shown(other), _kind_hint(one, other)


def _kind_hint(value: object, expected: object) -> str | None:
    if isinstance(expected, Close):
        return other_kind(value, expected.value) or few_digits(value, expected.value)
    return other_kind(value, expected) or _inside(value, expected)


def _inside(value: object, expected: object) -> str | None:
    """A hint, where a cancellation stands for a result, or a group for its exception, or where a list has its items in
    another order, or other brackets."""
    if isinstance(value, ErrorInfo) and isinstance(expected, AnError):
        return _IN_A_GROUP if value.type.endswith(GROUP) and not expected.type.endswith(GROUP) else None
    if isinstance(value, ErrorInfo):
        return _CANCELLED_TASK if value.type == "CancelledError" else None
    pairs: Iterable[tuple[object, object]] = ()
    if isinstance(value, dict) and isinstance(expected, dict):
        pairs = [(value[key], expected[key]) for key in expected if key in value]
    elif isinstance(value, list | tuple) and isinstance(expected, list | tuple) and len(value) == len(expected):
        if type(value) is not type(expected):
            return ONLY_BRACKETS if same(list(value), list(expected)) else other_kind(value, expected)
        if not any(difference(value, expected)):
            return Code.ORDER.hint
        pairs = zip(value, expected, strict=True)
    hints = [_inside(got, want) for got, want in pairs if not same(got, want)]
    if any(hint != ONLY_BRACKETS for hint in hints):  # then not only the brackets differ
        hints = [hint for hint in hints if hint != ONLY_BRACKETS]
    return next((hint for hint in hints if hint is not None), None)


ONLY_BRACKETS = "What is in it is right: only the brackets around it differ."
_IN_A_GROUP = (
    "The exception itself belongs there, and not a group around it. `except*` makes one even of a single exception, "
    "and so does a TaskGroup: catch it with `except` inside of its own task."
)
_CANCELLED_TASK = (
    "Whoever awaits a task that is cancelled gets a CancelledError, even if nobody has cancelled *them*. Who was given "
    "a task that was to end already? Hand out only what goes on."
)


def other_kind(value: object, expected: object) -> str | None:
    """A hint, if the value is of another kind than is asked for."""
    got, wanted = KINDS.get(type(value)), KINDS.get(type(expected))
    if got is None or wanted is None or got == wanted:
        return None
    return f"{got[0].upper()}{got[1:]} came back, where {wanted} is asked for. {NO_RETURN if value is None else _LOOK}"


def few_digits(value: object, expected: float) -> str | None:
    """A hint, if only the last digits are wrong."""
    if type(value) is float and math.isclose(value, expected, rel_tol=SEVEN_DIGITS):
        return _FEW_DIGITS
    return None


SEVEN_DIGITS = 1e-6
"""Relative: as many digits as a C float has, but for the last."""
_FEW_DIGITS = (
    "The first digits are right, and the last are not. Is something small missing or too much, such as one item at an "
    "end? Or is the number kept with fewer digits on the way? A C `float` has seven, a `double` sixteen."
)
NO_RETURN = "A function that ends without a `return` gives back None: return what it has collected."
_LOOK = "Compare with what sync.py returns."


def parts(run: Run, value: object, expected: object) -> Diagnosis | None:
    """The results of all parts, where their sum is asked for."""
    if isinstance(value, dict) and isinstance(expected, dict):
        return next((found for key in value if (found := parts(run, value[key], expected.get(key)))), None)
    if not isinstance(value, list | tuple) or not value or expected is None or _added_up(value) != expected:
        return None
    sentence = f"{run.function} returned {count(len(value), 'part')}, where their sum is right"
    return diagnosis(Code.WRONG_RESULT, sentence, hint=_BY_PLACE if type(expected) is list else _ADD_UP)


_ADD_UP = "Each part is right: add them up."
_BY_PLACE = f"{_ADD_UP} Lists are added place by place: `zip(*parts)` puts together what belongs together."


def _added_up(values: Sequence[object]) -> object:
    """The sum of whole numbers, or of lists of them, place by place; None if they are neither."""
    if all(type(each) is int for each in values):
        return sum(each for each in values if isinstance(each, int))
    lists = [each for each in values if isinstance(each, list)]
    if len(lists) < len(values) or any(len(each) != len(lists[0]) for each in lists):
        return None
    sums = [_added_up(place) for place in zip(*lists, strict=True)]
    return sums if all(type(each) is int for each in sums) else None
