"""Hints for names that Python does not find, from the source. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from checker.judge.diagnosis import known_homes
from checker.judge.diagnosis.source import (
    Function,
    around,
    bound,
    classes,
    functions,
    methods,
    nodes,
    outside,
    parsed,
    stored,
    unparsed,
)

MODULES = (
    "asyncio", "collections", "concurrent", "contextlib", "contextvars", "functools", "hashlib", "heapq", "importlib",
    "inspect", "itertools", "json", "math", "multiprocessing", "operator", "os", "queue", "random", "selectors",
    "signal", "socket", "sys", "threading", "time", "traceback", "types", "warnings", "weakref",
)  # fmt: skip
"""Modules of the standard library that attempts use."""


def hint(source: str, message: str, line: int | None = None) -> str | None:
    """A hint for this message from this line; None if the source does not say more than Python does."""
    if (undefined := _UNDEFINED.search(message)) is not None:
        return _undefined(source, undefined[1])
    if (unbound := _UNBOUND.search(message)) is not None:
        return _unbound(source, unbound[1], line)
    if (misplaced := known_homes.misplaced(message)) is not None:
        return misplaced
    missing = _MISSING.search(message)
    return _not_kept(source, missing[1], missing[2]) if missing is not None else None


_UNDEFINED = re.compile(r"name '(\w+)' is not defined")
_UNBOUND = re.compile(r"cannot access local variable '(\w+)'")
_MISSING = re.compile(r"'(\w+)' object has no attribute '(\w+)'")


def _undefined(source: str, name: str) -> str:
    if name in MODULES and not bound(source, name) and _has_attribute_access(source, name):
        return f"`import {name}` is missing at the top of the file."
    qualified = _qualified(source, name)
    if qualified is not None:
        return _ELSEWHERE.format(longer=qualified)
    return (None if bound(source, name) else known_homes.not_imported(source, name)) or _NOBODY


def _has_attribute_access(source: str, name: str) -> bool:
    """Whether there is a `name.something` in the source."""
    return any(isinstance(node.value, ast.Name) and node.value.id == name for node in _attributes(source))


def _qualified(source: str, name: str) -> str | None:
    """The attribute of this name that the source sets, that is a method of `self`, or that is taken from a module."""
    own = {each for kind in classes(source) for each in methods(kind)}
    modules = set() if _is_variable(source, name) else {each.partition(".")[0] for each in _imported(source)}
    for node in _attributes(source):
        if node.attr != name or not isinstance(node.value, ast.Name):
            continue
        made, of_itself = isinstance(node.ctx, ast.Store), node.value.id == "self" and name in own
        if made or of_itself or node.value.id in modules:
            return unparsed(node)
    return None


def _is_variable(source: str, name: str) -> bool:
    """Whether a variable is meant that only shares the name of a module in a package: there is no `name.something`."""
    in_another = any(f".{name}." in f"{each}." for each in _imported(source))
    return in_another and not _has_attribute_access(source, name)


def _attributes(source: str) -> Iterator[ast.Attribute]:
    return (node for node in nodes(source) if isinstance(node, ast.Attribute))


_ELSEWHERE = "Elsewhere in your file it is `{longer}`. Write it so here, too."
_NOBODY = (
    "Nothing has that name here. Is it written as where it is made? What a function or a comprehension calls by a name "
    "is not known outside of it."
)


def _unbound(source: str, name: str, line: int | None) -> str | None:
    """A function reads a local name that has no value yet, or no longer."""
    if name in _imported(source):
        return f"`{name} = ...` hides the module `{name}`, in all of this function. Give yours another name."
    in_functions = around(source, line)
    if line is None or not in_functions:
        return _of_a_task(source, name)
    *outer, function = in_functions
    if any(_deleted_by_except(node, name, line) for node in ast.walk(function)):
        return _AFTER_EXCEPT.format(name=name)
    if _read_before_assignment(function, name, line):
        return _of_another(source, name, outer)
    return None if _reads(function, name, line) else _of_a_task(source, name)


def _of_a_task(source: str, name: str) -> str | None:
    """The line is not known, or is that of a task group: another function failed, one that updates the name."""
    adds = next((each for each in functions(source) if _updates_first(each, name)), None)
    if adds is None:
        return None
    return _of_another(source, name, [each for each in around(source, adds.lineno) if each is not adds])


def _of_another(source: str, name: str, outer: list[Function]) -> str | None:
    """The name of an enclosing function, or of the module, is meant."""
    if any(name in _assigned(each) for each in outer):
        return _OUTER.format(word="nonlocal", name=name)
    return _OUTER.format(word="global", name=name) if name in _assigned(parsed(source)) else None


def _deleted_by_except(node: ast.AST, name: str, line: int) -> bool:
    """Whether the node is an `except ... as name` that ends before the line."""
    return isinstance(node, ast.ExceptHandler) and node.name == name and (node.end_lineno or node.lineno) < line


def _read_before_assignment(function: Function, name: str, line: int) -> bool:
    """Whether no assignment to the name ends before the line: the line means a value from elsewhere."""
    assignments = _assignments(function, name)
    return bool(assignments) and all((node.end_lineno or node.lineno) >= line for node in assignments)


def _reads(function: Function, name: str, line: int) -> bool:
    """Whether the function itself reads the name in this line."""
    loads = (node for node in _own_nodes(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    return any(node.id == name and node.lineno == line for node in loads)


def _updates_first(function: Function, name: str) -> bool:
    """Whether the first assignment to the name makes its value of the one that it does not have yet."""
    first = next(iter(_assignments(function, name)), None)
    if not isinstance(first, ast.Assign | ast.AnnAssign) or first.value is None:
        return isinstance(first, ast.AugAssign)
    inside = outside(_SCOPE, [first.value])
    return any(isinstance(node, ast.Name) and node.id == name for node in inside)


_SCOPE = Function | ast.ClassDef | ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def _assignments(function: Function, name: str) -> list[ast.stmt | ast.NamedExpr]:
    """The assignments to the name in this function, by line; none if it is `global` or `nonlocal`."""
    elsewhere = (node for node in _own_nodes(function) if isinstance(node, ast.Global | ast.Nonlocal))
    if any(name in node.names for node in elsewhere):
        return []
    assignments = (
        node for node in _own_nodes(function) if isinstance(node, ast.stmt | ast.NamedExpr) and name in _targets(node)
    )
    return sorted(assignments, key=lambda node: node.lineno)


def _targets(node: ast.stmt | ast.NamedExpr) -> set[str]:
    """The names to which a statement assigns; of a compound one, in its header."""
    return set(stored(outside(ast.stmt, ast.iter_child_nodes(node))))


_AFTER_EXCEPT = (
    "`except ... as {name}` keeps that name only until the end of its block, and there Python takes it away: keep the "
    "exception under another name in the block, or do there what needs it."
)
_OUTER = (
    "A name to which a function assigns is its own, in all of its lines. `{word} {name}`, as the first of them, says "
    "that you mean the one outside."
)


def _imported(source: str) -> set[str]:
    imports = (node for node in nodes(source) if isinstance(node, ast.Import | ast.ImportFrom))
    return {alias.asname or alias.name for node in imports for alias in node.names}


def _not_kept(source: str, kind: str, name: str) -> str | None:
    """A method assigns to a local name, where an attribute of the object is meant."""
    inside = (node for each in classes(source) if each.name == kind for node in ast.walk(each))
    if not any(isinstance(node, Function) and name in _assigned(node) for node in inside):
        return None
    return f"`{name} = ...` is a name of that method alone, gone at its end. What the object keeps is `self.{name}`."


def _assigned(block: Function | ast.Module) -> set[str]:
    """The names to which this block assigns, without its inner functions, classes and lambdas."""
    return set(stored(_own_nodes(block)))


def _own_nodes(block: Function | ast.Module) -> Iterator[ast.AST]:
    return outside(Function | ast.ClassDef | ast.Lambda, block.body)
