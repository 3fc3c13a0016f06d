"""What crosses the boundary: plain JSON, with tags for the few types that JSON does not have.

Used on both sides, so only the standard library is imported. Nothing is ever unpickled: the attempt's
process can send data, never behaviour. An instance of a subclass of a builtin type (a named tuple, a list that claims
to equal everything) arrives as the builtin type. Other objects (a generator), and what cannot be compared (NaN), are
refused on the attempt's side with a sentence. The format cannot express them, so the grader need not trust that
refusal. The receiver enforces every limit; the sender checks it only to say what was too much.
"""

from __future__ import annotations

import base64
import json
import math
import struct
from collections import Counter
from collections.abc import Callable
from typing import Any

Plain = Any
"""None, bool, int, float, str, list, or a dict with the single tag key: what JSON can hold."""

TAG = "$"
MAX_FRAME_BYTES = 32 * 1024 * 1024
"""Large enough for every exercise (16 MiB of bytes as base64), small enough to keep a grader alive."""
MAX_ITEMS = 250_000
"""Millions of small items would cost a grader seconds and gigabytes (two bytes of JSON become an object of 64 bytes, of
240 with one entry). No exercise returns a thousand."""
MAX_DEPTH = 64
MAX_INTEGER_BITS = 1024
"""Python refuses to print integers of more than 4300 digits; no exercise needs a tenth of that."""
MAX_ALIKE = 100
"""Members of a set or dict that may have the same hash. At most 35 powers of two share one. Of 400 000 members with one
hash (that of k * (2**61 - 1) is 0; tuples can collide, too) `set` would compare each with each for minutes."""
MAX_TEXT_IN_ERROR = 2000
"""Characters. The message of an exception group has the texts of all members."""

HEADER = struct.Struct("!I")


class NotPlain(Exception):
    """A value that may not cross the boundary; the message is a phrase that completes 'returned ...'."""


Describe = Callable[[object], Plain | None]


def pack(value: Any, describe: Describe | None = None) -> Plain:
    """Turn values of builtin types, and of their subclasses, into JSON with tags.

    `describe` may turn another object (a world callable) into a plain description; it returns None for all others.
    Raises NotPlain, with a phrase for the learner, for everything else.
    """
    return _packed(value, describe, 0, [0])


def _packed(value: Any, describe: Describe | None, depth: int, count: list[int]) -> Plain:
    """`count`: of the items so far, in a list of one."""
    if depth > MAX_DEPTH:
        raise NotPlain(f"something nested more than {MAX_DEPTH} levels deep")
    if value is None or type(value) is bool:
        return value
    kind: Any = next((base for base in type(value).__mro__ if base in _BUILTINS), object)
    if kind in _SCALARS:
        return _SCALARS[kind](value)
    if kind is not object:
        count[0] += kind.__len__(value)
        if count[0] > MAX_ITEMS:
            raise _too_many()
    # Copied first, in one step: a thread that the attempt has left may add to it meanwhile.
    if kind is dict:
        pairs = [[_packed(each, describe, depth + 1, count) for each in pair] for pair in [*dict.items(value)]]
        return {TAG: "dict", "v": pairs}
    if kind is not object:  # what it contains, not what a subclass's own __iter__ says
        members = [_packed(member, describe, depth + 1, count) for member in [*kind.__iter__(value)]]
        return members if kind is list else {TAG: kind.__name__, "v": members}
    described = describe(value) if describe is not None else None
    if described is not None:
        return described
    raise NotPlain(_what_is(value))


# What a subclass says of itself is not asked: its methods may do anything.


def _pack_int(value: int) -> int:
    if int.bit_length(value) > MAX_INTEGER_BITS:
        raise NotPlain("an integer of more than 300 digits")
    return value


def _pack_float(value: float) -> float:
    if not math.isfinite(value):
        raise NotPlain(f"the float {float.__repr__(value)}, which is not a number that can be compared")
    return value


def _pack_str(value: str) -> str:
    _require_small(str.__len__(value))
    try:
        str.encode(value)
    except UnicodeEncodeError:
        raise NotPlain("text that is not valid Unicode (it holds half of a surrogate pair)") from None
    return value


def _pack_bytes(value: bytes) -> Plain:
    _require_small(bytes.__len__(value))
    return {TAG: "bytes", "v": base64.b64encode(value).decode("ascii")}


def _require_small(size: int) -> None:
    """Raises NotPlain, before gigabytes are copied and turned into JSON, which takes longer than an attempt has."""
    if size > MAX_FRAME_BYTES:
        raise NotPlain(f"{size // 2**20} MiB of data; at most {MAX_FRAME_BYTES // 2**20} MiB can be compared")


def _too_many() -> NotPlain:
    return NotPlain(f"more than {MAX_ITEMS:,} items; so many are not compared")


_SCALARS: dict[type, Callable[[Any], Plain]] = {
    int: _pack_int,
    float: _pack_float,
    str: _pack_str,
    bytes: _pack_bytes,
}
_BUILTINS = {*_SCALARS, list, tuple, set, frozenset, dict}

_KNOWN_MISTAKES = {
    "coroutine": "a coroutine that nobody awaited",
    "async_generator": "an async generator, not the finished items",
    "generator": "a generator, not the finished items (a generator does its work only when somebody asks)",
    "map": "a map object, not a list (it does its work only when somebody asks)",
    "Task": "an asyncio Task, not its result (await it)",
    "asyncio.Future": "an asyncio Future, not its result (await it)",
    "Future": "a Future, not its result (ask it for it: `.result()`)",
}


def _what_is(value: object) -> str:
    kind = type(value)
    awaited = kind.__name__ == "Future" and kind.__module__.strip("_").startswith("asyncio")
    name = "asyncio.Future" if awaited else kind.__name__
    return _KNOWN_MISTAKES.get(name, f"an object of type {kind.__name__}, where only plain data can be compared")


def text(value: str, most: int) -> str:
    """At most so many characters. Lone surrogates, as in undecodable file names, are escaped: strict JSON has none."""
    return value[:most].encode("utf-8", "backslashreplace").decode()[:most]


def said(error: BaseException, most: int) -> str:
    """The exception's class and message, in so many characters at most."""
    try:
        message = str(error)
    except BaseException:  # an attempt's own __str__ may do anything
        message = ""
    return text(f"{type(error).__name__}: {message}", most)


def unpack(plain: Plain, revive: Callable[[str, Plain], object] | None = None, depth: int = 0) -> Any:
    """The inverse of `pack`.

    `revive(tag, plain)` makes the values of tags that are not builtin types.
    Raises ValueError for anything malformed: the other side may be hostile.
    """
    if depth > 2 * MAX_DEPTH:  # a dict is a list of pairs here, which is a level more
        raise ValueError("nested too deep")
    if isinstance(plain, int):
        if plain.bit_length() > MAX_INTEGER_BITS:
            raise ValueError("a number of too many digits")
        return plain
    if plain is None or isinstance(plain, float | str):
        return plain
    if isinstance(plain, list):
        return [unpack(item, revive, depth + 1) for item in plain]
    if not isinstance(plain, dict) or not isinstance(plain.get(TAG), str):
        raise ValueError("a value without a tag")
    tag, body = plain[TAG], plain.get("v")
    if tag == "bytes" and isinstance(body, str):
        return base64.b64decode(body, validate=True)
    if tag in _COLLECTIONS and isinstance(body, list):
        return _COLLECTIONS[tag]([unpack(item, revive, depth + 1) for item in body])
    if revive is None:
        raise ValueError("an unknown tag")
    return revive(tag, plain)


def _dict(pairs: list[Any]) -> dict[Any, Any]:
    if not all(type(pair) is list and len(pair) == 2 for pair in pairs):
        raise ValueError("a dict is made of pairs")
    _hash_apart([key for key, _ in pairs])
    return dict(pairs)


def _hash_apart(members: list[Any]) -> list[Any]:
    """The same members. Raises ValueError if one cannot be hashed, or more than MAX_ALIKE have the same hash.

    Counting hashes is safe: they are integers of 64 bits, of which at most eight have the same hash in turn.
    """
    try:
        alike = Counter(map(hash, members))
    except TypeError:
        raise ValueError("a member that cannot be hashed") from None
    if max(alike.values(), default=0) > MAX_ALIKE:
        raise ValueError("members that all have the same hash")
    return members


_COLLECTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "set": lambda members: set(_hash_apart(members)),
    "frozenset": lambda members: frozenset(_hash_apart(members)),
    "dict": _dict,
}


def frame(message: Plain) -> bytes:
    """One message as bytes: a four-byte length (network order), then strict JSON.

    Raises NotPlain if it would be larger than MAX_FRAME_BYTES, or have more than MAX_ITEMS.
    """
    body = json.dumps(message, allow_nan=False, separators=(",", ":")).encode("ascii")
    _require_small(len(body))
    if _items(body) > MAX_ITEMS:
        raise _too_many()
    return HEADER.pack(len(body)) + body


def _items(body: bytes) -> int:
    """An upper bound of the number of values in a JSON text, at most twice that: each follows a comma or a bracket."""
    crude = sum(map(body.count, (b",", b"[", b"{")))
    if crude <= MAX_ITEMS:
        return crude
    unescaped = body.replace(rb"\\", b"").replace(rb"\"", b"")
    texts = unescaped.count(b'"') // 2
    if texts > MAX_ITEMS:
        return texts
    outside_texts = b"".join(unescaped.split(b'"')[::2])
    return sum(map(outside_texts.count, (b",", b"[", b"{")))


class FrameBuffer:
    """Splits a stream of bytes into frames. Raises ValueError for a frame that is too large, or has too many items."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies of the frames that these bytes complete."""
        self._pending += data
        bodies = []
        while len(self._pending) >= HEADER.size:
            (size,) = HEADER.unpack_from(self._pending)
            if size > MAX_FRAME_BYTES:
                raise ValueError(f"a frame of {size} bytes")
            if len(self._pending) < HEADER.size + size:
                break
            bodies.append(bytes(self._pending[HEADER.size : HEADER.size + size]))
            del self._pending[: HEADER.size + size]
            if _items(bodies[-1]) > MAX_ITEMS:
                raise ValueError("a frame of millions of items")
        return bodies
