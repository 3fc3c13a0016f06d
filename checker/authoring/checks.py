"""Lint: are the checks of an exercise complete, with titles, points and a race?"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from checker.catalog import CHECKS
from checker.model.exercise import DEFAULT_POINTS, FULL_SCORE

Check = ast.FunctionDef | ast.AsyncFunctionDef
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
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    checks = [function for function in functions if function.name.startswith("test_")]
    titles = Counter((ast.get_docstring(check) or "").split("\n")[0] for check in checks)
    yield from (
        f"{CHECKS}: {check.name} has no docstring; it is the line that people read"
        for check in checks
        if not ast.get_docstring(check)
    )
    yield from (f"{CHECKS}: two checks are called {title!r}" for title, times in titles.items() if title and times > 1)
    if not any(map(_is_timed, checks)):
        yield f"{CHECKS}: no check takes the `race` fixture; an exercise needs a timed check"
    yield from _worth(checks)


def _worth(checks: list[Check]) -> Iterator[str]:
    """One line for each check whose points are not right, and one if their sum is not."""
    points = {check.name: _points(check) for check in checks}
    for check in checks:
        worth = points[check.name]
        if worth is None:
            yield f"{CHECKS}: the points of {check.name} are not a number; write them like @pytest.mark.points(2)"
        elif _is_timed(check) and worth < LEAST_TIMED:
            yield f"{CHECKS}: {check.name} is timed, and worth {worth:g}; make it {LEAST_TIMED:g} at least"
    total = round(sum(worth or 0.0 for worth in points.values()), 6)  # 1.1 + 2.2 is a little more than 3.3
    if total != FULL_SCORE and None not in points.values():
        yield f"{CHECKS}: the points add up to {total:g}; make it {FULL_SCORE:g}"


def _is_timed(check: Check) -> bool:
    return any(argument.arg == "race" for argument in check.args.args)


def _points(check: Check) -> float | None:
    """The argument of `@pytest.mark.points(n)`; None: it is none that pytest and this can read."""
    for decorator in check.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("mark.points"):
            match decorator.args:
                case [ast.Constant(int() | float() as worth)]:
                    return float(worth)
            return None
    return DEFAULT_POINTS
