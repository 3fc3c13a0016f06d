"""The text of an attempt, as Python's own parser sees it. Pure."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from types import UnionType

Function = ast.FunctionDef | ast.AsyncFunctionDef
MOST_NESTED = 100
"""Levels. `ast.unparse` needs up to five of Python's thousand frames for each; what people write has some thirty."""
MOST_LOOKS = 400_000
"""Nodes that are seen when all that is inside of each node is looked at, as hints do. No file of the standard library
needs more than 160 000; one of 95 KB that is written for it, 3.8 million."""


@lru_cache(maxsize=8)  # a failure is looked at from many sides
def parsed(source: str) -> ast.Module:
    """The syntax tree; an empty module if there is none, or if hints would take too long. Shared: do not change it."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of `"\d"`, say: Python tells them where the attempt runs
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        tree = None
    return tree if tree is not None and not _too_much(tree) else ast.Module(body=[], type_ignores=[])


def _too_much(tree: ast.AST) -> bool:
    """Whether it is nested too deeply; or long, and nested."""
    level: list[ast.AST] = [tree]
    looks = 0
    for depth in range(MOST_NESTED):
        looks += len(level) * (depth + 1)  # each is seen once from itself, and once from each node around it
        level = [inner for node in level for inner in ast.iter_child_nodes(node)]
    return bool(level) or looks > MOST_LOOKS


def nodes(source: str) -> Iterator[ast.AST]:
    """All nodes, the outer before the inner."""
    return ast.walk(parsed(source))


def outside(kinds: type[ast.AST] | UnionType, roots: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """These nodes and all in them, but not what is inside of a node of one of these kinds."""
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, kinds):
            waiting += ast.iter_child_nodes(node)


def calls(source: str, *names: str) -> Iterator[ast.Call]:
    """Calls of functions or methods with one of these last names."""
    return (node for node in nodes(source) if isinstance(node, ast.Call) and last_name(node.func) in names)


def unused(source: str, *names: str) -> Iterator[ast.Call]:
    """The same, of calls that stand alone, so that what they return is lost."""
    alone = {node.value for node in nodes(source) if isinstance(node, ast.Expr)}
    return (call for call in calls(source, *names) if call in alone)


def classes(source: str) -> Iterator[ast.ClassDef]:
    """All classes, also those inside of something else."""
    return (node for node in nodes(source) if isinstance(node, ast.ClassDef))


def is_thread(kind: ast.ClassDef) -> bool:
    """Whether the class is derived from `Thread`, by the names of its bases."""
    return any(last_name(base) == "Thread" for base in kind.bases)


def functions(source: str) -> Iterator[Function]:
    """All functions and methods, the outer before the inner."""
    return (node for node in nodes(source) if isinstance(node, Function))


def arguments(call: ast.Call) -> list[ast.expr]:
    """The values of all arguments, without the keywords."""
    return [*call.args, *(each.value for each in call.keywords)]


def owner(call: ast.Call) -> str:
    """The last name of the object whose method is called: `tasks` of `self.tasks.join()`; "" if there is none."""
    return last_name(call.func.value) if isinstance(call.func, ast.Attribute) else ""


def targets(node: ast.Assign | ast.AnnAssign | ast.NamedExpr) -> list[ast.expr]:
    """What an assignment gives a value to."""
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def line_text(source: str, line: int | None) -> str:
    """The text of this line; "" if there is no such line."""
    lines = _lines(source)
    return lines[line - 1] if line is not None and 0 < line <= len(lines) else ""


def _lines(source: str) -> list[str]:
    """Its lines as the parser counts them. (For `splitlines`, a form feed and some characters of text end a line.)"""
    return re.split("\r\n|\r|\n", source)


def in_a_try(source: str, lines: Collection[int]) -> set[int]:
    """Those lines whose exceptions come to an `except` around them, or to a `return` in a `finally`."""
    blocks = [node for node in nodes(source) if isinstance(node, ast.Try | ast.TryStar)]
    stops = [block for block in blocks if block.handlers or any(map(_returns, block.finalbody))]
    parts = [(block.body[0].lineno, block.body[-1].end_lineno or block.body[-1].lineno) for block in stops]
    return {line for line in lines if any(first <= line <= last for first, last in parts)}


def _returns(statement: ast.stmt) -> bool:
    return any(isinstance(node, ast.Return) for node in ast.walk(statement))


def unparsed(node: ast.AST) -> str:
    """It as Python code, in one way of writing; "..." for what `ast` cannot write.

    That is an integer of thousands of digits; and, before Python 3.12, an f-string with a non-breaking space in braces.
    """
    try:
        return ast.unparse(node)
    except ValueError:
        return "..."


def last_name(function: ast.expr) -> str:
    """The last part of a name: `submit` of `pool.submit`; "" for what has none."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def stands_in(line: int | None, node: ast.expr | ast.stmt) -> bool:
    """Whether the line is one of the node's."""
    return line is not None and node.lineno <= line <= (node.end_lineno or node.lineno)


def around(source: str, line: int | None) -> list[Function]:
    """The functions in which the line stands, the outer before the inner."""
    return [each for each in functions(source) if stands_in(line, each)]


def methods(kind: ast.ClassDef) -> set[str]:
    """The names of its methods, without those of its bases."""
    return {node.name for node in kind.body if isinstance(node, Function)}


def stored(among: Iterable[ast.AST]) -> Iterator[str]:
    """The names that are given a value among these nodes."""
    return (node.id for node in among if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


def is_none(value: ast.expr | None) -> bool:
    """Whether it is a literal None."""
    return isinstance(value, ast.Constant) and value.value is None


def bound(source: str, name: str) -> bool:
    """Whether something in the source gives this name a value; parameters get theirs from the caller."""
    defined = (node.name for node in nodes(source) if isinstance(node, Function | ast.ClassDef))
    return name in stored(nodes(source)) or name in defined


def reached(source: str, lines: Collection[int]) -> str:
    """The text of the top-level statements in these lines, and of those whose names they use, in turn."""
    at_the_top = [(statement, *_extent(statement)) for statement in parsed(source).body]
    named: dict[str, list[ast.stmt]] = {}
    for statement, _, _ in at_the_top:
        for name in _made(statement):
            named.setdefault(name, []).append(statement)
    waiting = [each for each, first, last in at_the_top if any(first < line <= last for line in lines)]
    found: dict[ast.stmt, None] = {}
    while waiting:
        statement = waiting.pop()
        if statement not in found:
            found[statement] = None
            names = (node.id for node in ast.walk(statement) if isinstance(node, ast.Name))
            waiting += [each for name in names for each in named.pop(name, ())]
    text = _lines(source)
    return "\n".join(line for each in found for line in text[slice(*_extent(each))])


def _extent(statement: ast.stmt) -> tuple[int, int]:
    """The numbers of lines before it and up to its end; its decorators belong to it."""
    decorators = getattr(statement, "decorator_list", ())
    first = min(each.lineno for each in (statement, *decorators))
    return first - 1, statement.end_lineno or statement.lineno


def _made(statement: ast.stmt) -> list[str]:
    """The names that a statement at the top level makes: of a function or class, or of values."""
    if isinstance(statement, Function | ast.ClassDef):
        return [statement.name]
    return list(stored(ast.walk(statement)))
