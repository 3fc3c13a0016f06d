"""Slips that Python accepts without a word, and that the source alone shows. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec

from checker.judge.diagnosis import handed_over
from checker.judge.diagnosis.outcome import NOT_IN_THERE, TOO_EARLY
from checker.judge.diagnosis.source import Function, arguments, last_name, nodes, outside, stored, unparsed
from checker.model.answer import Diagnosis
from checker.model.codes import Code

_EXPLAINED = {Code.SYNTAX_ERROR, Code.CRASHED, Code.MISSING, Code.BAD_RESULT_TYPE, Code.PICKLE}
"""Mistakes that come with Python's own words."""


def hinted(found: Diagnosis, source: str) -> Diagnosis:
    """The same, with the slip as its hint, if there is one: the rest may follow from it."""
    slip = not_called(source) if _says_little(found) else None if found.code in _EXPLAINED else of(source)
    return found if slip is None else msgspec.structs.replace(found, hint=slip)


def _says_little(found: Diagnosis) -> bool:
    """Whether an exception is told without a hint on where it comes from: something is not in there."""
    return found.code is Code.CRASHED and found.hint in (Code.CRASHED.hint, NOT_IN_THERE, TOO_EARLY)


def not_called(source: str) -> str | None:
    """A hint, if somewhere a method is only named: what it should have done is missing later."""
    return next((said for node in nodes(source) if (said := _not_called(node))), None)


def of(source: str) -> str | None:
    """The first slip, in the names of this source; None if there is none."""
    said = next((said for node in nodes(source) if (said := _slip(node))), None)
    return said or handed_over.called_for_the_loop(source)


def _slip(node: ast.AST) -> str | None:
    return _not_called(node) or _not_awaited(node) or _bound_late(node)


def _not_awaited(node: ast.AST) -> str | None:
    """`asyncio.gather(...)`, alone on its line."""
    call = node.value if isinstance(node, ast.Expr) else None
    name = unparsed(call.func) if isinstance(call, ast.Call) else ""
    if name not in _AWAITABLE or call is None:
        return None
    return f"Line {call.lineno} calls `{name}(...)`, and does not wait for it: `await {name}(...)`."


_AWAITABLE = {"asyncio.gather", "asyncio.sleep", "asyncio.wait", "asyncio.wait_for", "asyncio.to_thread"}


def _not_called(node: ast.AST) -> str | None:
    """`barrier.wait`, alone on its line."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Attribute):
        return None
    name = unparsed(node.value)
    return f"Line {node.lineno} only names `{name}`, and does nothing: parentheses call it, `{name}()`."


def _bound_late(node: ast.AST) -> str | None:
    """Late binding in a loop over x: `submit(lambda: f(x))`, or a function in the loop, looks x up when it runs."""
    if not isinstance(node, ast.For | ast.AsyncFor | ast.ListComp | ast.GeneratorExp) or _waits(node):
        return None
    loops = [node] if isinstance(node, ast.For | ast.AsyncFor) else node.generators
    loop_names = {name.id for loop in loops for name in ast.walk(loop.target) if isinstance(name, ast.Name)}
    late = ((tool, given, name) for tool, given in _deferred(node) for name in _free_names(given) if name in loop_names)
    tool, given, name = next(late, ("", None, ""))
    if given is None:
        return None
    shown, who, instead = f"`{unparsed(given)}`", "it is called", f"`{tool}(f, {name})`"
    if not isinstance(given, ast.Lambda):
        shown, who, instead = f"`{given.name}`", "it runs", f"`def {given.name}({name}):`"
    elif tool == "Thread":
        who, instead = "a thread calls it", f"`Thread(target=f, args=({name},))`"
    return (
        f"{shown} looks `{name}` up when {who}, and by then the loop has come to its last `{name}`. Hand the value "
        f"over: {instead}."
    )


def _waits(loop: ast.AST) -> bool:
    """Whether each turn of the loop waits for something, perhaps its own work, before the next one begins."""
    return any(
        isinstance(node, ast.Await | ast.With | ast.AsyncWith)
        or (isinstance(node, ast.Attribute) and node.attr in ("result", "join", "wait", "map", "run"))
        for node in outside(Function, [loop])
    )


_LATER = ("Thread", "submit", "to_thread", "run_in_executor", "call_soon", "call_later", "call_soon_threadsafe")
_KEEPS = (*_LATER, "create_task", "ensure_future", "append")


def _deferred(loop: ast.AST) -> Iterator[tuple[str, ast.Lambda | Function]]:
    """Lambdas and functions that are made in the loop and called later, with the tool which gets a lambda."""
    inside = list(ast.walk(loop))
    for call in (each for each in inside if isinstance(each, ast.Call)):
        tool = last_name(call.func)
        yield from ((tool, each) for each in arguments(call) if isinstance(each, ast.Lambda) and tool in _LATER)
    handed, called = _kept_names(loop)
    functions = [each for each in inside if isinstance(each, Function)]
    yield from (("", each) for each in functions if each.name in handed)
    yield from (("", each) for each in functions if each.name in called and _runs_late(each))


def _kept_names(loop: ast.AST) -> tuple[set[str], set[str]]:
    """The names in the arguments of what keeps them: of things themselves, and of functions that are called there.

    Calls may be in calls: each node is looked at once.
    """
    handed, called = set(), set()
    waiting: list[tuple[ast.AST, bool]] = [(loop, False)]
    while waiting:
        node, kept = waiting.pop()
        if kept and isinstance(node, ast.Name):
            handed.add(node.id)
        keeps = isinstance(node, ast.Call) and last_name(node.func) in _KEEPS
        function = node.func if isinstance(node, ast.Call) else None
        if isinstance(function, ast.Name):
            called |= {function.id} if kept else set()
        elif function is not None:
            waiting.append((function, kept))
        waiting += [(inner, kept or keeps) for inner in ast.iter_child_nodes(node) if inner is not function]
    return handed, called


def _runs_late(function: Function) -> bool:
    """Whether a call of it only makes something that runs later: a coroutine, or a generator."""
    own = outside(Function | ast.Lambda, function.body)
    return isinstance(function, ast.AsyncFunctionDef) or any(
        isinstance(each, ast.Yield | ast.YieldFrom) for each in own
    )


def _free_names(given: ast.Lambda | Function) -> list[str]:
    """The names that it does not define itself."""
    own = {each.arg for each in (*given.args.posonlyargs, *given.args.args, *given.args.kwonlyargs)}
    body = [given.body] if isinstance(given, ast.Lambda) else given.body
    names = [each for part in body for each in ast.walk(part) if isinstance(each, ast.Name)]
    own |= set(stored(names))
    return [each.id for each in names if each.id not in own]
