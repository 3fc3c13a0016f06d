"""Names that Python does not find, and what the source says of them. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from checker.judge.diagnosis.source import Function, nodes, outside, parsed

MODULES = (
    "asyncio", "collections", "concurrent", "contextlib", "contextvars", "functools", "hashlib", "heapq", "importlib",
    "inspect", "itertools", "json", "math", "multiprocessing", "operator", "os", "queue", "random", "selectors",
    "signal", "socket", "sys", "threading", "time", "traceback", "types", "warnings", "weakref",
)  # fmt: skip
"""Of the standard library, what attempts use."""


def hint(source: str, message: str) -> str | None:
    """What helps whoever gets this message; None if the source does not say more than Python does."""
    if (undefined := _UNDEFINED.search(message)) is not None:
        return _undefined(source, undefined[1])
    if (unbound := _UNBOUND.search(message)) is not None:
        return _assigned_outside(source, unbound[1])
    missing = _MISSING.search(message)
    return _not_kept(source, missing[1], missing[2]) if missing is not None else None


_UNDEFINED = re.compile(r"name '(\w+)' is not defined")
_UNBOUND = re.compile(r"cannot access local variable '(\w+)'")
_MISSING = re.compile(r"'(\w+)' object has no attribute '(\w+)'")


def _undefined(source: str, name: str) -> str:
    if name in MODULES and re.search(rf"\b{name}\.\w", source):
        return f"`import {name}` is missing at the top of the file."
    longer = re.search(rf"\b\w+\.{name}\b", source)
    return _ELSEWHERE.format(longer=longer[0]) if longer is not None else _NOBODY


_ELSEWHERE = "Elsewhere in your file it is `{longer}`. Write it so here, too."
_NOBODY = (
    "Nothing has that name here. Is it written as where it is made? What a function or a comprehension calls by a name "
    "is not known outside of it."
)


def _assigned_outside(source: str, name: str) -> str | None:
    """A function assigns to a name that it means to be that of somebody else."""
    if name in _imported(source):
        return f"`{name} = ...` hides the module `{name}`, in all of this function. Give yours another name."
    at_the_top = name in _assigned(parsed(source))
    for function in _functions(parsed(source)):
        within = [each for each in _functions(function) if each is not function and name in _assigned(each)]
        if within and name in _assigned(function):
            return _OUTER.format(word="nonlocal", name=name)
        if at_the_top and name in _assigned(function):
            return _OUTER.format(word="global", name=name)
    return None


_OUTER = (
    "A name to which a function assigns is its own, in all of its lines. `{word} {name}`, as the first of them, says "
    "that you mean the one outside."
)


def _imported(source: str) -> set[str]:
    imports = (node for node in nodes(source) if isinstance(node, ast.Import | ast.ImportFrom))
    return {alias.asname or alias.name for node in imports for alias in node.names}


def _not_kept(source: str, kind: str, name: str) -> str | None:
    """A method assigns to a name of its own, where an attribute of the object is meant."""
    classes = (node for node in nodes(source) if isinstance(node, ast.ClassDef) and node.name == kind)
    if not any(name in _assigned(method) for each in classes for method in _functions(each)):
        return None
    return f"`{name} = ...` is a name of that method alone, gone at its end. What the object keeps is `self.{name}`."


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _assigned(block: Function | ast.Module) -> set[str]:
    """The names to which this block assigns, without those inside of it that have names of their own."""
    own = outside(Function | ast.ClassDef | ast.Lambda, block.body)
    return {node.id for node in own if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
