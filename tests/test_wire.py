"""Values and frames that cross the boundary."""

from __future__ import annotations

import contextlib
import http
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.attempt import wire
from checker.model.codes import Code

hashable = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**90), 2**90) | st.floats(allow_nan=False, allow_infinity=False)
    | st.binary() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.frozensets(inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
plain_values = st.recursive(
    hashable | st.sets(hashable, max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(hashable, inner, max_size=3),
    max_leaves=12,
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4) | st.just("$"), inner, max_size=4),
    max_leaves=15,
)


def same(a: Any, b: Any) -> bool:
    """Equal, also in type; sets may iterate in any order."""
    return type(a) is type(b) and a == b


@given(plain_values)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    """Packing, sending as JSON and unpacking changes neither value nor type."""
    assert same(wire.unpack(json.loads(json.dumps(wire.pack(value)))), value)


@given(json_values)
def test_unpack_refuses_what_is_malformed(plain: object) -> None:
    """Any JSON is either a value or a ValueError: never another exception."""
    with contextlib.suppress(ValueError):
        wire.unpack(plain)


def iter_nothing() -> Iterator[int]:
    """A generator."""
    yield from ()


class Liar(list[int]):
    """Claims to equal everything, and to hold something else."""

    def __eq__(self, other: object) -> bool:
        return True

    def __iter__(self) -> Iterator[int]:
        return iter([1, 2, 3])

    __hash__ = None


class Winner(NamedTuple):
    """A named tuple."""

    mirror: str
    file: bytes


class Odd(int):
    """A number that says nothing of itself."""

    def bit_length(self) -> int:
        raise NotImplementedError


class OddFloat(float):
    """Another one."""

    def __format__(self, _: str) -> str:
        raise NotImplementedError


class OddText(str):
    """A text that cannot be encoded."""

    __slots__ = ()

    def encode(self, *_: str) -> bytes:
        raise NotImplementedError


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Liar([1]), [1]),
        (Winner("north", b"x"), ("north", b"x")),
        (defaultdict(list, {"a": [1]}), {"a": [1]}),
        (Counter("aab"), {"a": 2, "b": 1}),
        ([http.HTTPStatus.OK, Code.RACE], [200, "RACE"]),
        ([Odd(3), OddText("x")], [3, "x"]),
    ],
)
def test_of_a_subclass_the_data_arrive(value: object, plain: object) -> None:
    """As the builtin type, whatever the subclass says of itself."""
    got = wire.unpack(json.loads(json.dumps(wire.pack(value))))
    assert (type(got), got) == (type(plain), plain)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (math.nan, "nan"),
        (OddFloat("nan"), "nan"),
        ([math.inf], "inf"),
        (object(), "type object"),
        ("\ud800", "Unicode"),
        (1 << 2000, "300 digits"),
        (iter_nothing(), "a generator"),
        (map(str, ()), "a map object"),
        (True.__class__, "type type"),
    ],
)
def test_what_is_not_plain_is_refused_in_words(value: object, words: str) -> None:
    """The refusal completes the sentence "it returned ..."."""
    with pytest.raises(wire.NotPlain, match=words):
        wire.pack(value)


MUCH: dict[str, Callable[[], Any]] = {
    "items": lambda: [*range(10**7)],
    "nested items": lambda: [[0] * 10**4] * 10**3,
    "bytes": lambda: [bytes(2**26)],
    "text": lambda: ["x" * 2**26],
}


@pytest.mark.parametrize("what", MUCH)
def test_much_too_much_is_refused_before_it_is_copied(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten million numbers take seconds as JSON, in which an attempt that had returned ran into its deadline."""
    monkeypatch.setattr(json, "dumps", lambda *_, **__: pytest.fail("too late"))
    with pytest.raises(wire.NotPlain, match=r"items|MiB"):
        wire.frame(wire.pack(MUCH[what]()))


def test_depth_is_limited_on_both_sides() -> None:
    """Neither a deep value nor deep JSON reaches the recursion limit."""
    deep: list[Any] = []
    for _ in range(1000):
        deep = [deep]
    with pytest.raises(wire.NotPlain, match="nested"):
        wire.pack(deep)
    with pytest.raises(ValueError, match="nested"):
        wire.unpack(deep)


def test_unknown_tags_go_to_revive() -> None:
    """World callables are made by whoever unpacks; without a maker the tag is refused."""
    assert wire.unpack({"$": "operation", "id": 7}, lambda tag, body: (tag, body["id"])) == ("operation", 7)
    with pytest.raises(ValueError, match="unknown tag"):
        wire.unpack({"$": "operation"})


@given(st.lists(st.binary(max_size=40)), st.integers(1, 7))
def test_frames_survive_any_cutting(bodies: list[bytes], step: int) -> None:
    """However the bytes arrive, the same messages come out."""
    messages = [body.hex() for body in bodies]
    stream = b"".join(wire.frame(message) for message in messages)
    buffer = wire.FrameBuffer()
    out = [json.loads(body) for at in range(0, len(stream), step) for body in buffer.feed(stream[at : at + step])]
    assert out == messages


def test_a_frame_has_a_limit_on_both_sides() -> None:
    """Too large a frame is refused before it is sent, and as soon as its header announces it."""
    with pytest.raises(wire.NotPlain, match="MiB"):
        wire.frame("x" * (wire.MAX_FRAME_BYTES + 1))
    with pytest.raises(ValueError, match="frame of"):
        wire.FrameBuffer().feed(wire.HEADER.pack(wire.MAX_FRAME_BYTES + 1))


def test_millions_of_items_are_refused_on_both_sides() -> None:
    """They would fit into a frame, and cost the grader seconds."""
    many = [0] * (wire.MAX_ITEMS + 2)
    with pytest.raises(wire.NotPlain, match="items"):
        wire.frame(many)
    body = json.dumps(many).encode()
    with pytest.raises(ValueError, match="items"):
        wire.FrameBuffer().feed(wire.HEADER.pack(len(body)) + body)
    assert wire.frame(many[2:])
