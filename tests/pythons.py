"""Interpreters that the tests may run attempts on: those that KATA_PYTHONS names, and what is on PATH.

KATA_PYTHONS: names or paths, with os.pathsep between them.
"""

from __future__ import annotations

import os
import shutil
import sys
from functools import cache
from pathlib import Path

import pytest

from checker.model.interpreter import Interpreter
from checker.process import interpreters
from checker.process.interpreters import InterpreterError

VARIABLE = "KATA_PYTHONS"
NEWEST, OLDEST = 16, 11
ON_PATH = [f"python3.{minor}{kind}" for minor in range(NEWEST, OLDEST - 1, -1) for kind in ("t", "")]
LIBRARIES = ("aiohttp", "click", "Cython", "msgspec", "psutil", "pytest", "pytest_asyncio", "pytest_timeout", "rich")
HOW = f"name one in the environment variable {VARIABLE}, or put it on PATH"


@cache
def found() -> tuple[Interpreter, ...]:
    """All that work, and are not the grader's own."""
    each = []
    for name in [*filter(None, os.environ.get(VARIABLE, "").split(os.pathsep)), *ON_PATH]:
        if shutil.which(name) is not None:
            try:
                each.append(interpreters.find(name))
            except InterpreterError:
                continue
    own = Path(sys.executable).parent  # where it is called by several names
    return tuple({other.path: other for other in each if Path(other.path).parent != own}.values())


def without_gil() -> Interpreter:
    """A free-threaded one. Skips the test where there is none."""
    return _first([other for other in found() if not other.gil], "a CPython without a GIL")


def of_another_version() -> Interpreter:
    """One with a GIL, as the grader's own has, of another version. Skips the test where there is none."""
    own = interpreters.own()
    others = [other for other in found() if other.gil and other.version != own.version]
    return _first(others, "a second CPython")


def that_grades() -> Interpreter:
    """One in which all libraries of the checker are installed. Skips the test where there is none."""
    others = [other for other in found() if not interpreters.lacks(other, LIBRARIES)]
    return _first(others, "a second CPython with the checker's libraries")


def any_other() -> Interpreter:
    """Any that is not the grader's own. Skips the test where there is none."""
    return _first(list(found()), "a second CPython")


def _first(others: list[Interpreter], what: str) -> Interpreter:
    if not others:
        pytest.skip(f"this needs {what}: {HOW}")
    return others[0]
