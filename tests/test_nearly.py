"""Results that are nearly right: what is said of them."""

from __future__ import annotations

from typing import Any

import pytest

from checker.judge.diagnosis import nearly, result
from checker.judge.diagnosis.values import AnError, Close
from checker.model.codes import Code
from checker.model.outcome import ErrorInfo
from tests.evidence import run


@pytest.mark.parametrize(
    ("value", "expected", "words"),
    [
        ([15, 10], 25, "2 parts"),
        ([[1, 0], [2, 5]], [3, 5], "2 parts"),
        ({"count": [15, 10], "used": True}, {"count": 25, "used": True}, "2 parts"),
    ],
)
def test_parts_that_nobody_added_up(value: Any, expected: Any, words: str) -> None:
    """Each part is right, and their sum is asked for."""
    found = result.mismatch(run(value=value), expected)
    assert found is not None
    assert (found.code, words in found.sentence) == (Code.WRONG_RESULT, True)
    assert found.hint.startswith("Each part is right: add them up.")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([15, 11], 25),
        ([], 0),
        ([[1], [2, 5]], [3, 5]),
        (["a"], 25),
        ([True, 24], 25),
        ([[1.0], [2]], [3]),
        ([None], None),
    ],
)
def test_what_is_no_sum_is_no_part(value: Any, expected: Any) -> None:
    """Other numbers, other lengths, and what cannot be added."""
    assert nearly.parts(run(value=value), value, expected) is None


def test_another_kind_is_told() -> None:
    """A list where a dictionary is asked for; and None, which is mostly a return that was forgotten."""
    assert nearly.other_kind([1], {"a": 1}) == (
        "A list came back, where a dictionary is asked for. Compare with what sync.py returns."
    )
    assert "`return`" in (nearly.other_kind(None, 1.0) or "")
    assert nearly.other_kind([1], [2]) is None
    assert nearly.other_kind(object(), 1) is None


@pytest.mark.parametrize(
    ("value", "expected", "hint"),
    [
        ([["blocks", "x:6"]], [("blocks", "x:6")], "only the brackets around it differ"),
        ({"seen": [("a", 1)]}, {"seen": [["a", 1]]}, "only the brackets around it differ"),
        ([["blocks", "x:7"]], [("blocks", "x:6")], "A list came back, where a tuple is asked for"),
        ([("x:6", "blocks")], [("blocks", "x:6")], Code.ORDER.hint),
    ],
)
def test_other_brackets_inside_are_no_other_order(value: Any, expected: Any, hint: str) -> None:
    """What is in them stands where it should."""
    found = result.mismatch(run(value=value), expected)
    assert found is not None
    assert hint in found.hint


def test_an_order_is_found_inside_too() -> None:
    """All items of a list in it are there, at other places: of a tuple, a dictionary, or what is in that."""
    order = Code.ORDER.hint
    assert nearly.told_apart((["b", "a"], []), (["a", "b"], []))[2] == order
    assert nearly.told_apart({"all": (1, ["b", "a"])}, {"all": (1, ["a", "b"])})[2] == order
    assert nearly.told_apart((["b", "c"], []), (["a", "b"], []))[2] is None


def test_a_cancellation_in_the_place_of_a_result() -> None:
    """Somebody was given a task that was cancelled; an exception that is asked for is no such thing."""
    cancelled, failed = (ErrorInfo(type=kind, bases=(kind,), message="") for kind in ("CancelledError", "ValueError"))
    assert "*them*" in (nearly.told_apart([cancelled, 1], [1, 1])[2] or "")
    found = result.mismatch(run(value=[cancelled, 1], source="work"), [1, 1])
    assert found is not None
    assert (found.code, "*them*" in found.hint) == (Code.WRONG_RESULT, True)
    assert nearly.told_apart([failed, 1], [1, 1])[2] is None
    assert nearly.told_apart([cancelled, 1], [AnError(type="KeyError"), 1])[2] is None


def test_of_two_long_lists_the_difference_is_shown() -> None:
    """Which item differs, or how many there are."""
    zeros = [0] * 256
    found = result.mismatch(run(value=[*zeros[:-1], 7]), zeros)
    assert found is not None
    assert "returned 7 as item 256 of " in found.sentence
    assert nearly.told_apart(zeros * 2, zeros)[:2] == ("512 items", "256")


def test_a_float_with_too_few_digits() -> None:
    """The first digits are right."""
    found = result.mismatch(run(value=9999951.0), Close(value=9999950.00002625))
    assert found is not None
    assert "seven" in found.hint
    assert "one item at an end" in found.hint
    other = result.mismatch(run(value=9999851.0), Close(value=9999950.00002625))
    assert other is not None
    assert "seven" not in other.hint


def test_only_brackets_differ_only_if_nothing_else_does() -> None:
    """A part that is missing is not right, whatever the brackets around another one."""
    assert nearly.told_apart((["a"], ("b",)), (["a"], ["b"]))[2] == nearly.ONLY_BRACKETS
    assert nearly.told_apart(([], ("b",)), (["a"], ["b"]))[2] is None
