"""Slips of the pen that Python takes without a word, and that are seen in the text alone. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec

from checker.judge.diagnosis import handed_over
from checker.judge.diagnosis.source import nodes
from checker.model.answer import Diagnosis
from checker.model.codes import Code

_EXPLAINED = {Code.SYNTAX_ERROR, Code.CRASHED, Code.MISSING, Code.BAD_RESULT_TYPE, Code.PICKLE}
"""These come with words of Python's own."""


def hinted(found: Diagnosis, source: str) -> Diagnosis:
    """The same, with the slip as its hint, if there is one: whatever follows from it, it comes first."""
    slip = None if found.code in _EXPLAINED else of(source)
    return found if slip is None else msgspec.structs.replace(found, hint=slip)


def of(source: str) -> str | None:
    """What is wrong, in the names of this source; None where nothing is seen."""
    said = next((said for node in nodes(source) if (said := _told(node))), None)
    return said or handed_over.called_for_the_loop(source)


def _told(node: ast.AST) -> str | None:
    return _not_called(node) or _not_awaited(node) or _bound_late(node)


def _not_awaited(node: ast.AST) -> str | None:
    """`asyncio.gather(...)`, alone on its line."""
    call = node.value if isinstance(node, ast.Expr) else None
    name = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
    if name not in _AWAITABLE or call is None:
        return None
    return f"Line {call.lineno} calls `{name}(...)`, and does not wait for it: `await {name}(...)`."


_AWAITABLE = {"asyncio.gather", "asyncio.sleep", "asyncio.wait", "asyncio.wait_for", "asyncio.to_thread"}


def _not_called(node: ast.AST) -> str | None:
    """`barrier.wait`, alone on its line."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Attribute):
        return None
    name = ast.unparse(node.value)
    return f"Line {node.lineno} only names `{name}`, and does nothing: parentheses call it, `{name}()`."


def _bound_late(node: ast.AST) -> str | None:
    """A thread's `target=lambda: f(x)` in a loop over x."""
    if not isinstance(node, ast.For | ast.ListComp):
        return None
    targets = [node.target] if isinstance(node, ast.For) else [each.target for each in node.generators]
    turning = {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
    late = next(((given, name) for given in _for_threads(node) for name in _free(given) if name in turning), None)
    if late is None:
        return None
    given, name = late
    return (
        f"`{ast.unparse(given)}` looks `{name}` up when a thread calls it, and by then the loop has come to its last "
        f"`{name}`. Hand the value over: `Thread(target=f, args=({name},))`."
    )


def _for_threads(node: ast.AST) -> Iterator[ast.Lambda]:
    """What threads are to call that are made in there."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == "Thread":
            yield from (each.value for each in call.keywords if isinstance(each.value, ast.Lambda))


def _free(given: ast.Lambda) -> list[str]:
    """The names that it looks up outside of itself."""
    own = {each.arg for each in given.args.args}
    return [each.id for each in ast.walk(given.body) if isinstance(each, ast.Name) and each.id not in own]
