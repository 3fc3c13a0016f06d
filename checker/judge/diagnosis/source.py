"""The text of an attempt, as Python's own parser sees it. Pure."""

from __future__ import annotations

import ast


def parsed(source: str) -> ast.Module:
    """An empty module where nobody can read it."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module(body=[], type_ignores=[])


def last_name(function: ast.expr) -> str:
    """The last part of a name: `submit` of `pool.submit`; "" for what has none."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
