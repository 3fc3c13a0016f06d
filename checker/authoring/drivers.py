"""Lint: do the functions of scenario.py that the checks call declare what they return?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from checker.catalog import CHECKS
from checker.checks.bench import SCENARIO
from checker.process import declared


def problems(folder: Path) -> Iterator[str]:
    """One line per problem. Problems of the checks themselves are reported by other modules."""
    try:
        scenario = ast.parse((folder / SCENARIO).read_bytes())
    except OSError:
        return
    except SyntaxError as error:
        yield f"{SCENARIO}:{error.lineno} is not valid Python: {error.msg}"
        return
    try:
        checks = ast.parse((folder / CHECKS).read_bytes())
    except (OSError, SyntaxError):
        return
    try:
        returns = declared.of(folder / SCENARIO)
    except declared.Unreadable as error:
        yield f"{SCENARIO}: -> {error}: write it with builtin types, such as -> tuple[list[str], float]"
        return
    functions = [each.name for each in scenario.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    called = set(_called(checks))
    yield from (
        f"{SCENARIO}: {name} does not say what it returns, such as -> list[str], or -> object for anything"
        for name in functions
        if name in called and name not in returns
    )


def _called(checks: ast.Module) -> Iterator[str]:
    """Names in `attempt.scenario.crowd(...)` and `race.run("crowd", ..., driver=...)`."""
    for node in ast.walk(checks):
        match node:
            case ast.Attribute(ast.Attribute(attr="scenario"), name):
                yield name
            case ast.Call(ast.Attribute(attr="run"), [ast.Constant(str(name)), *_]):
                yield name
