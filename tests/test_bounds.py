"""Every limit is the receiver's: what an attempt's process may send, with no sender of ours in between."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.attempt import aftermath, locks, stacks, wire
from checker.judge import lock_order
from checker.model.evidence import MOST_NOTICES
from checker.model.outcome import LockStep
from checker.process import messages

PRIME = 2**61 - 1
"""Integers that differ by it have the same hash (sys.hash_info.modulus)."""
SECONDS_A_KILOBYTE = 0.05
LEAST_S = 0.25
"""Of CPU time, as everything here: a busy machine may stand still."""
MOST_BYTES = 512 * 2**20


def body(**message: object) -> bytes:
    return json.dumps(message).encode()


def take(sent: bytes) -> Any:
    """As the grader does with one frame. Raises MALFORMED."""
    (whole,) = wire.FrameBuffer().feed(wire.HEADER.pack(len(sent)) + sent)
    message = messages.message(whole)
    if isinstance(message, messages.ReturnedMessage):
        return wire.unpack(message.value, lambda _, plain: messages.exception(plain.get("v")))
    return message


def tagged(tag: str, items: list[Any]) -> dict[str, Any]:
    return {"$": tag, "v": items}


COLLISIONS: dict[str, Callable[[int], object]] = {
    "integers": lambda n: tagged("set", [k * PRIME for k in range(n)]),
    "negative integers": lambda n: tagged("frozenset", [-k * PRIME for k in range(n)]),
    "keys": lambda n: tagged("dict", [[k * PRIME, 0] for k in range(n)]),
    "tuples of integers": lambda n: tagged("set", [tagged("tuple", [k * PRIME, "x"]) for k in range(n)]),
    "tuples of -1 and -2": lambda n: tagged(
        "set", [tagged("tuple", [-1 - (k >> bit & 1) for bit in range(17)]) for k in range(n // 10)]
    ),
    "sets of sets": lambda n: tagged("set", [tagged("frozenset", [k * PRIME]) for k in range(n)]),
    "one inside another": lambda n: [tagged("list", []), tagged("set", [k * PRIME for k in range(n)])],
    "the same again": lambda n: tagged("set", [1] * n),
}  # fmt: skip


@pytest.mark.parametrize("what", COLLISIONS)
def test_members_that_share_a_hash_are_refused(what: str) -> None:
    """Comparing each with each takes minutes, in C, where nobody can interrupt it."""
    sent = body(**{"is": "returned", "value": COLLISIONS[what](50_000)})
    started_s = time.process_time()
    with pytest.raises(messages.MALFORMED):
        take(sent)
    assert time.process_time() - started_s < LEAST_S + SECONDS_A_KILOBYTE * len(sent) / 1024


HONEST = [
    {2**k for k in range(1024)},
    {2.0**k for k in range(-1000, 1000)},
    {(x, y, z, w) for x in range(-3, 3) for y in range(-3, 3) for z in range(-3, 3) for w in range(-3, 3)},
    {-1, -2, None, True, "", b"", 0.5, ()},
    dict.fromkeys(range(-20_000, 20_000)),
    {str(k): [k] for k in range(20_000)},
    '[{,\\"' * 300_000,
]


@pytest.mark.parametrize("value", HONEST, ids=lambda value: f"{type(value).__name__} of {len(value)}")
def test_what_honest_attempts_return_comes_through(value: object) -> None:
    """Powers of two, points of a grid, many keys, brackets in a text."""
    sent = wire.frame({"is": "returned", "value": wire.pack(value)})
    assert take(sent[wire.HEADER.size :]) == value


ERROR = {"type": "E" * 10_000, "bases": ["B" * 1000] * 1000, "message": "m" * 28_000_000, "line": 10**15}
STACK = {
    "who": "w" * 10**5, "frames": [{"line": 10**15, "function": "f" * 10**4}] * 40, "inside": "i" * 10**5,
    "holds": [{"lock": 1, "line": -7}] * 50, "wants": 3,
}  # fmt: skip
STEP = {"held": 1, "held_line": 5, "wanted": 2, "wanted_line": 10**15, "thread": 1, "gates": list(range(1000))}


def longest(value: object) -> int:
    """The longest text, list or number (in digits) anywhere in what was decoded from JSON."""
    if isinstance(value, dict):
        return max((longest(item) for item in value.values()), default=0)
    if isinstance(value, list):
        return max([len(value), *map(longest, value)])
    return len(str(value))


@pytest.mark.parametrize(
    "sent",
    [
        body(**{"is": "raised", "error": ERROR}),
        body(**{"is": "unusable", "reason": "import", "error": ERROR}),
        body(**{"is": "returned", "value": {"$": "exception", "v": ERROR}}),
        body(**{"is": "not_plain", "what": "w" * 20_000_000}),
        body(**{"is": "after", "notices": [{"kind": "k" * 10**5, "text": "t" * 10**5, "line": 10**15}] * 30}),
        body(**{"is": "after", "threads": [STACK] * 5, "tasks": [STACK | {"frames": []}] * 5}),
        body(**{"is": "after", "threads": [STACK | {"who": "w", "inside": "i", "frames": [], "holds": []}] * 5000}),
        body(**{"is": "after", "locks": [STEP | {"gates": [1] * 30}] * 5000}),
    ],
    ids=["raised", "unusable", "returned", "not plain", "notices", "stacks", "many stacks", "lock steps"],
)
def test_texts_and_lists_are_cut(sent: bytes) -> None:
    """Nothing of what a process says about itself goes on to a report as long as it came."""
    taken = take(sent)
    assert longest(json.loads(msgspec.json.encode(taken))) <= max(
        wire.MAX_TEXT_IN_ERROR, stacks.MAX_LEFT, locks.MAX_STEPS
    )
    assert len(msgspec.json.encode(taken)) < 1_000_000


def test_notices_are_counted() -> None:
    """As many as the sender keeps, and no more."""
    told = take(body(**{"is": "after", "notices": [{"kind": "k", "text": "t"}] * 1000}))
    assert len(told.notices) == aftermath.MAX_NOTICES == MOST_NOTICES


@pytest.mark.parametrize(
    "message",
    [
        {"is": "returned", "value": 1 << wire.MAX_INTEGER_BITS},
        {"is": "returned", "value": [-(1 << wire.MAX_INTEGER_BITS)]},
        {"is": "returned", "value": tagged("dict", ["ab", "cd"])},
        {"is": "returned", "value": [{}] * (wire.MAX_ITEMS // 2 + 1)},
        {"is": "returned", "value": [[]] * (wire.MAX_ITEMS // 2 + 1)},
        {"is": "after", "sleeps": -1},
        {"is": "after", "sleeps": 10**40},
        {"is": "after", "gil_wait_s": -1.0},
        {"is": "after", "locks": [STEP | {"gates": [], "held": 10**40}]},
        {"is": "after", "locks": [STEP | {"gates": [-PRIME]}]},
        {"is": "after", "threads": [STACK | {"wants": PRIME}]},
        {"is": "unusable", "reason": "x" * 1000, "error": ERROR},
    ],
    ids=lambda message: str(message)[:60],
)
def test_numbers_that_cannot_be_are_refused(message: dict[str, Any]) -> None:
    """No honest process sends them."""
    with pytest.raises(messages.MALFORMED):
        take(json.dumps(message).encode())


def test_the_memory_of_one_frame_is_bounded() -> None:
    """The most expensive things that fit into one: empty objects, objects with an entry, texts, numbers."""
    for item in (b'{"":0}', b"{}", b"[]", b'""', b"1e1", b'{"$":"tuple","v":[]}'):
        sent = (
            b'{"is":"returned","value":[' + b",".join([item] * (wire.MAX_FRAME_BYTES // 16 // (len(item) + 1))) + b"]}"
        )
        tracemalloc.start()
        with pytest.raises(messages.MALFORMED):
            take(sent)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < MOST_BYTES


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
    | st.integers(0, 300).map(lambda k: k * PRIME),
    lambda inner: st.lists(inner, max_size=5)
    | st.builds(tagged, st.sampled_from(["set", "frozenset", "dict", "tuple", "bytes", "exception", "x"]),
                st.lists(inner | st.lists(inner, min_size=2, max_size=2), max_size=6)),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(plain, st.integers(1, 400))
def test_any_value_is_taken_or_refused_quickly(value: object, times: int) -> None:
    """Whatever it is, and however often it is there: no other error, and 50 ms a kilobyte at most."""
    sent = body(**{"is": "returned", "value": tagged("set", [value] * times)})
    started_s = time.process_time()
    with suppress(*messages.MALFORMED):
        take(sent)
    assert time.process_time() - started_s < LEAST_S + SECONDS_A_KILOBYTE * len(sent) / 1024


# --- lock steps --------------------------------------------------------------------------------------------


def step(held: int, wanted: int, thread: int, *gates: int) -> LockStep:
    return LockStep(held=held, held_line=None, wanted=wanted, wanted_line=None, thread=thread, gates=gates)


PAIRS = [(a, b) for a in range(32) for b in range(32) if a != b][:968]
FORGED = {
    "one thread": [step(a, b, 1) for a, b in PAIRS],
    "two threads": [step(a, b, (a + b) % 2) for a, b in PAIRS],
    "one gate": [step(a, b, place, 99) for place, (a, b) in enumerate(PAIRS)],
    "two locks": [step(k % 2, 1 - k % 2, k, *range(90, 110)) for k in range(968)],
    "layers": [
        step(layer * 12 + a, (layer + 1) % 7 * 12 + b, layer * 144 + a * 12 + b)
        for layer in range(7) for a in range(12) for b in range(12)
    ][:968],
    "a chain": [step(k, k + 1, k) for k in range(968)],
    "a ring": [step(k, (k + 1) % 968, k) for k in range(968)],
}  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
def test_forged_lock_steps_keep_nobody_busy(how: str) -> None:
    """968 of them took minutes, and there is no circle of six or fewer in any."""
    started_s = time.process_time()
    assert lock_order.circle(FORGED[how]) is None
    assert time.process_time() - started_s < LEAST_S


def test_a_circle_among_many_steps_is_found() -> None:
    """Steps that lead nowhere are no cover for one that does."""
    away = [step(1000 + k, 2000 + k % 7, k) for k in range(900)]
    ring = [step(1, 2, 1), step(2, 3, 2), step(3, 4, 3), step(4, 1, 4)]
    assert lock_order.circle([*away[:450], *ring[::-1], *away[450:]]) is not None
