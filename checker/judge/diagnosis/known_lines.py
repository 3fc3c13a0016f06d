"""Hints for errors that the line which raised them explains better than Python's words. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from checker.judge.diagnosis.known_reading import Seen
from checker.judge.diagnosis.source import (
    Function,
    around,
    calls,
    is_none,
    nodes,
    parsed,
    stands_in,
    targets,
    unparsed,
    unused,
)


def asked_of_none(seen: Seen) -> str | None:
    """A hint for an attribute of None."""
    found = re.search(r"'NoneType' object has no attribute '(\w+)'", seen.message)
    if found is None:
        return None
    asked = (node for node in _in_line(seen) if isinstance(node, ast.Attribute) and node.attr == found[1])
    owners = {unparsed(node.value) for node in asked}
    emptied = (node for node in _in_reach(seen) if isinstance(node, ast.Assign | ast.AnnAssign) and is_none(node.value))
    named = ((unparsed(target), node.lineno) for node in emptied for target in targets(node))
    name, line = next((each for each in named if each[0] in owners), ("", 0))
    if name:
        return _STILL_NONE.format(name=name, line=line)
    return _START_GIVES_NONE if found[1] == "join" and _keeps_start(seen.run.source) else None


_STILL_NONE = (
    "`{name}` is None here, as line {line} has it at first. What puts something else there, and had that happened when "
    "this line ran?"
)
_START_GIVES_NONE = (
    "`start()` gives back None. Keep the thread first, `t = Thread(target=f)`, and then start it: `t.start()`."
)


def _in_line(seen: Seen) -> Iterator[ast.expr]:
    return (node for node in nodes(seen.run.source) if isinstance(node, ast.expr) and stands_in(seen.line, node))


def _in_reach(seen: Seen) -> Iterator[ast.AST]:
    """All of the file, without the functions at its top level that the line is not in."""
    top = parsed(seen.run.source).body
    in_reach = (node for node in top if not isinstance(node, Function) or stands_in(seen.line, node))
    return (inner for node in in_reach for inner in ast.walk(node))


def _keeps_start(source: str) -> bool:
    """Whether the result of some `start()` is used."""
    alone = set(unused(source, "start"))
    return any(isinstance(call.func, ast.Attribute) and call not in alone for call in calls(source, "start"))


def too_many(seen: Seen) -> str:
    """A hint for unpacking something that has more parts than there are names."""
    if seen.line is None:
        return _COMPARE
    return _EACH_ITEM if re.search(r"\bfor\b", seen.text) else _MORE_PARTS


_COMPARE = "Something gave more values than there are names for them. Compare what your function returns with sync.py."
_EACH_ITEM = (
    "Each item there is taken apart, and has more parts than there are names. Is the item itself meant, with something "
    "beside it? `enumerate(items)` gives each with its number, `items.items()` of a dict each key with its value."
)
_MORE_PARTS = (
    "What is taken apart there has more parts than there are names. Which line made it, and of how many things?"
)


def not_async(seen: Seen) -> str | None:
    """A hint for an `await`, or the like, outside of an `async def`; None where the line is in no function."""
    functions = around(seen.run.source, seen.line)
    if not functions:
        return None
    if isinstance(functions[-1], ast.AsyncFunctionDef):
        return _NO_LAMBDA if any(isinstance(node, ast.Lambda) for node in _in_line(seen)) else None
    name = functions[-1].name
    called = name == seen.run.function and len(functions) == 1
    what = seen.message.partition("'")[2].partition("'")[0] or "await"
    return (_CALLED_BY_CHECKS if called else _HELPER).format(name=name, what=what)


_CALLED_BY_CHECKS = "`{what}` needs an `async def` around it: make the function that the checks call, `{name}`, one."
_HELPER = (
    "`{what}` needs an `async def` around it: make `{name}`, in which the line stands, one, and await it where it is "
    "called."
)
_NO_LAMBDA = "A `lambda` cannot await, also inside of an `async def`: write an `async def` in its place."


def called_by_checks(seen: Seen) -> str | None:
    """A hint for a missing argument of the function that the checks call: a default was left out."""
    of_checks = seen.line is None and seen.message.startswith(f"{seen.run.function}() ")
    return _FIRST_LINE.format(name=seen.run.function) if of_checks else None


_FIRST_LINE = "The checks call `{name}` as they call that of sync.py: compare its first line with the one there."


def starred(seen: Seen) -> str | None:
    """A hint for a collection that was unpacked for `map`."""
    return _NO_STAR if re.search(r"\bmap\(.{0,200}, ?\*\w", seen.text) else None


_NO_STAR = (
    "`map` takes one collection for each argument of your function. A star before a collection makes each of its items "
    "one: leave it out."
)
