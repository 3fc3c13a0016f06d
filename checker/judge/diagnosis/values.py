"""Values that come back: whether they are what they must be, and how a learner would write them. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from checker.model.outcome import ErrorInfo
from checker.model.record import Record

MAX_REPR = 60
GROUP = "ExceptionGroup"
"""The type of what holds several failures. (The name BaseExceptionGroup ends with it.)"""


class AnError(Record):
    """Stands, in an expected result, for any exception of this type; with a message, for that of this text."""

    type: str
    message: str | None = None

    def __str__(self) -> str:
        return self.type if self.message is None else f"{self.type}({self.message!r})"


class Close(Record):
    """Stands, in an expected result, for any float that differs only by rounding."""

    value: float

    def __str__(self) -> str:
        return repr(self.value)


ROUNDING = 1e-9
"""Relative: adding millions of floats in another order changes less."""


def same(value: object, expected: object) -> bool:
    """Equal in value and in type, all the way down: 1 is not True, and a list is not a tuple."""
    if isinstance(expected, Close):
        return type(value) is float and math.isclose(value, expected.value, rel_tol=ROUNDING)
    if isinstance(expected, AnError):
        text = expected.message
        return isinstance(value, ErrorInfo) and expected.type in value.bases and text in (None, value.message)
    if type(value) is not type(expected):
        return False
    if isinstance(expected, list | tuple):
        assert isinstance(value, list | tuple)
        return len(value) == len(expected) and all(map(same, value, expected))
    if isinstance(expected, dict):
        assert isinstance(value, dict)
        return _same_members(value, expected) and all(same(value[key], expected[key]) for key in expected)
    if isinstance(expected, set | frozenset):
        assert isinstance(value, set | frozenset)
        return _same_members(value, expected)
    return value == expected


def _same_members(value: Collection[object], expected: Collection[object]) -> bool:
    """Of sets, and of the keys of dictionaries, in which Python finds 1 where True is asked for."""
    own = own_keys(value)
    return len(value) == len(expected) and all(key in own and same(own[key], key) for key in expected)


def own_keys(value: Iterable[object]) -> dict[object, object]:
    """What Python finds for a key -> the key that is there."""
    return {key: key for key in value}


def items(value: object) -> Sequence[object]:
    """What a collection holds; of a dictionary, the values."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list | tuple) else ()


def difference(value: Sequence[object], expected: Sequence[object]) -> tuple[list[object], list[object]]:
    """Items that are missing, and items that are too many."""
    surplus, missing = list(value), []
    for wanted in expected:
        found = next((index for index, got in enumerate(surplus) if same(got, wanted)), None)
        if found is None:
            missing.append(wanted)
        else:
            del surplus[found]
    return missing, surplus


def lacks(value: object, expected: object) -> bool:
    """Whether something may be missing in this wrong value: some part of it is empty, or a number, perhaps a sum."""
    if same(value, expected):
        return False
    if isinstance(value, dict) and isinstance(expected, dict):
        return any(lacks(value.get(key), wanted) for key, wanted in expected.items())
    if isinstance(value, list | tuple) and isinstance(expected, list | tuple):
        return len(value) < len(expected) or any(map(lacks, value, expected))
    return not value or type(value) in (int, float)


def shown(value: Any) -> str:
    """A value as a learner would write it, cut short."""
    text = _written(value)
    return text if len(text) <= MAX_REPR else f"{text[: MAX_REPR - 3]}..."


def is_long(value: object) -> bool:
    """Whether it has to be cut short."""
    return len(_written(value)) > MAX_REPR


def _written(value: Any) -> str:
    if isinstance(value, ErrorInfo):
        return f"{value.type}({value.message!r})"
    if isinstance(value, list):
        return f"[{', '.join(_written(item) for item in value)}]"
    if isinstance(value, tuple):
        return f"({', '.join(_written(item) for item in value)}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {_written(item)}' for key, item in value.items())}}}"
    return str(value) if isinstance(value, AnError | Close) else repr(value)
