"""A pool or a session that was used after it was closed, and what in the source closed it. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from checker.judge.diagnosis.known_reading import Seen
from checker.judge.diagnosis.source import calls, last_name, nodes, owner, stands_in

_Block = ast.With | ast.AsyncWith


class _Hints(NamedTuple):
    kind: str
    """How the name of its class ends."""
    ends: str
    """The method that closes it."""
    block: str
    called: str
    before: str


def pool(seen: Seen) -> str:
    """A hint for work that was handed to a pool after it was shut down."""
    return _hint(seen, _POOL)


def session(seen: Seen) -> str:
    """A hint for a request through a session that was closed."""
    return _hint(seen, _SESSION)


_POOL = _Hints(
    "Executor",
    "shutdown",
    "At the end of its `with` block the pool is shut down. Submit everything inside of the block.",
    "Line {line} shuts this pool down, for good, perhaps in an earlier call: make a new one in each call.",
    "This pool was shut down before, perhaps in an earlier call: make a new one in each call.",
)
_SESSION = _Hints(
    "ClientSession",
    "close",
    "The `async with` block of this session had ended. Who asks through a session stays inside of its block until all "
    "answers are there.",
    "Line {line} closes this session, for good, perhaps in an earlier call: make a new one in each call, and close it "
    "when all answers are there.",
    "This session was closed before, perhaps in an earlier call: make a new one in each call, with `async with`, and "
    "stay inside of its block until all answers are there.",
)


def _hint(seen: Seen, hints: _Hints) -> str:
    source, used = seen.run.source, _used_names(seen)
    blocks = [block for block in _blocks(source) if _closed_names(block) & used]
    if any(stands_in(seen.line, block) and _entered_names(block) & used for block in blocks):
        return hints.before
    kept = _kept_names(source, hints.kind)
    if blocks or (not used & kept and any(_opens_new(block, hints.kind) for block in _blocks(source))):
        return hints.block
    line = _closing_line(source, hints.ends, used) or _closing_line(source, hints.ends, kept)
    return hints.before if line is None else hints.called.format(line=line)


def came_back(source: str) -> str:
    """A hint for a pool that was returned after it was shut down."""
    values = (node.value for node in nodes(source) if isinstance(node, ast.Return | ast.Yield) and node.value)
    returned = {last_name(each) for each in values} - {""}
    if any(_closed_names(block) & returned for block in _blocks(source)):
        return _RETURNED_OUT_OF_ITS_BLOCK
    line = _closing_line(source, _POOL.ends, returned)
    return _GIVEN_OUT_BEFORE if line is None else _RETURNED_SHUT_DOWN.format(line=line)


_RETURNED_OUT_OF_ITS_BLOCK = (
    "What came back was shut down already, which the end of a `with` block does: return it without the block."
)
_RETURNED_SHUT_DOWN = (
    "What came back was shut down already: line {line} does that. Leave it out: whoever gets the pool closes it."
)
_GIVEN_OUT_BEFORE = (
    "What came back was shut down already. It was given out before, and whoever had it closed it: make a new one in "
    "each call."
)


def _used_names(seen: Seen) -> set[str]:
    """The names of objects whose methods are called in this line, or that are given to `run_in_executor` there."""
    in_line = (node for node in nodes(seen.run.source) if isinstance(node, ast.Call) and stands_in(seen.line, node))
    return {name for call in in_line for name in (owner(call), _given_pool(call))} - {""}


def _given_pool(call: ast.Call) -> str:
    return last_name(call.args[0]) if last_name(call.func) == "run_in_executor" and call.args else ""


def _blocks(source: str) -> Iterator[_Block]:
    return (node for node in nodes(source) if isinstance(node, _Block))


def _closed_names(block: _Block) -> set[str]:
    """The names of what the block closes at its end."""
    return _entered_names(block) | {last_name(item.optional_vars) for item in block.items if item.optional_vars} - {""}


def _entered_names(block: _Block) -> set[str]:
    """The names of what it closes that was there before the block."""
    return {last_name(item.context_expr) for item in block.items} - {""}


def _opens_new(block: _Block, kind: str) -> bool:
    """Whether it is the block of a new object of this kind."""
    return any(_makes(item.context_expr, kind) for item in block.items)


def _makes(value: ast.expr, kind: str) -> bool:
    return isinstance(value, ast.Call) and last_name(value.func).endswith(kind)


def _kept_names(source: str, kind: str) -> set[str]:
    """The names under which objects of this kind are kept."""
    made = (node for node in nodes(source) if isinstance(node, ast.Assign) and _makes(node.value, kind))
    return {last_name(target) for node in made for target in node.targets} - {""}


def _closing_line(source: str, method: str, names: set[str]) -> int | None:
    """The line where this method of one of these objects is called."""
    return next((call.lineno for call in calls(source, method) if owner(call) in names), None)
