"""The text of an attempt, as Python's own parser sees it. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def parsed(source: str) -> ast.Module:
    """An empty module where nobody can read it."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module(body=[], type_ignores=[])


def nodes(source: str) -> Iterator[ast.AST]:
    """All that there is, the outer before the inner."""
    return ast.walk(parsed(source))


def calls(source: str, *names: str) -> Iterator[ast.Call]:
    """Calls of what has one of these last names."""
    return (node for node in nodes(source) if isinstance(node, ast.Call) and last_name(node.func) in names)


def has_with(source: str) -> bool:
    """There is a `with` block somewhere."""
    return any(isinstance(node, ast.With) for node in nodes(source))


def last_name(function: ast.expr) -> str:
    """The last part of a name: `submit` of `pool.submit`; "" for what has none."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
