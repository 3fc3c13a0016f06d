"""What is written in an attempt, and explains what was seen of it. Pure functions of its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from checker.judge.diagnosis.source import calls, nodes, parsed

_CATCH_ALL = ("Exception", "BaseException")
_HANDS_OVER = ("submit", "apply_async", "map_async", "starmap_async", "run_in_executor")
"""Calls that give something which has to be asked for the result."""


def thrown_away(source: str) -> str | None:
    """A hint, if somewhere work is handed over and nobody keeps what stands for its result."""
    for node in nodes(source):
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call) or not node.value.args:
            continue
        function = node.value.func
        if isinstance(function, ast.Attribute) and function.attr in _HANDS_OVER:
            return _KEEP.format(call=ast.unparse(node.value), line=node.lineno)
    return None


_KEEP = (
    "`{call}` gives a future, and line {line} does not keep it: whatever goes wrong there, nobody hears of it. Keep "
    "every future, and ask each for its `result()`."
)


def never_joined(source: str) -> str | None:
    """A hint, if threads or processes are started, and nobody waits for them."""
    starts = any(calls(source, *_STARTED))
    return _JOIN if starts and ".join(" not in source else None


_STARTED = ("Thread", "Process")
_JOIN = "What is started goes on by itself. Keep each thread (or process), and `join()` it before you use what it made."


def caught(source: str, kind: str) -> int | None:
    """The line of the first `except` that keeps an exception of this kind to itself."""
    for node in nodes(source):
        if isinstance(node, ast.ExceptHandler) and not any(isinstance(each, ast.Raise) for each in ast.walk(node)):
            names = [] if node.type is None else [ast.unparse(each) for each in _each(node.type)]
            if node.type is None or any(name.split(".")[-1] in (*_CATCH_ALL, kind) for name in names):
                return node.lineno
    return None


def _each(types: ast.expr) -> Iterator[ast.expr]:
    yield from types.elts if isinstance(types, ast.Tuple) else [types]


def not_at_the_top(source: str, name: str) -> str | None:
    """A hint, if a function or class of this name is there, but inside of something else."""
    for outer in parsed(source).body:
        for node in ast.walk(outer):
            if node is not outer and _defines(node, name):
                return _TO_THE_TOP.format(name=name, line=getattr(node, "lineno", 0), inside=_head(outer))
    return None


_TO_THE_TOP = (
    "`{name}` is defined in line {line}, inside of `{inside}`, where the checks do not find it. Move it to the top "
    "level of the file: no spaces before it."
)


def _defines(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name


def _head(statement: ast.stmt) -> str:
    """Its first line, without what is inside."""
    return ast.unparse(statement).splitlines()[0].removesuffix(":")
