"""Lint: are the checks of an exercise complete, with titles, points and a race?"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from checker.catalog import CHECKS
from checker.model.exercise import DEFAULT_POINTS, FULL_SCORE

LEAST_TIMED = 1.0
"""Points of a timed check: with less, an attempt that failed it might still get 9.8 of 10, which would look odd."""


def problems(folder: Path) -> Iterator[str]:
    """One line per problem of the exercise's checks."""
    file = folder / CHECKS
    if not file.is_file():
        return
    try:
        tree = ast.parse(file.read_bytes())
    except SyntaxError as error:
        yield f"{CHECKS}:{error.lineno} is not valid Python: {error.msg}"
        return
    checks = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    titles = Counter((ast.get_docstring(check) or "").split("\n")[0] for check in checks)
    yield from (
        f"{CHECKS}: {check.name} has no docstring; it is the line that people read"
        for check in checks
        if not ast.get_docstring(check)
    )
    yield from (f"{CHECKS}: two checks are called {title!r}" for title, times in titles.items() if title and times > 1)
    if not any(map(_is_timed, checks)):
        yield f"{CHECKS}: no check takes the `race` fixture; an exercise needs a timed check"
    yield from (
        f"{CHECKS}: {check.name} is timed, and worth {_points(check):g}; make it {LEAST_TIMED:g} at least"
        for check in checks
        if _is_timed(check) and _points(check) < LEAST_TIMED
    )
    total = sum(_points(check) for check in checks)
    if total != FULL_SCORE:
        yield f"{CHECKS}: the points add up to {total:g}; make it {FULL_SCORE:g}"


def _is_timed(check: ast.FunctionDef) -> bool:
    return any(argument.arg == "race" for argument in check.args.args)


def _points(check: ast.FunctionDef) -> float:
    """The argument of `@pytest.mark.points(n)`."""
    for decorator in check.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.points":
            return float(ast.literal_eval(decorator.args[0]))
    return DEFAULT_POINTS
