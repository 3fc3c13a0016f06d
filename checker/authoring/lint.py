"""Content checks: is an exercise complete, consistent, and does it behave? For authors and CI."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from checker import catalog
from checker.model.answer import Code, Verdict
from checker.model.exercise import Exercise
from checker.session.session import SYNC

CHECKS = "test_attempt.py"
REQUIRED = {"README.md", "exercise.toml", SYNC, CHECKS}
ALLOWED = {"scenario.py"}
IGNORED = re.compile(r"__pycache__|attempt\.c|attempt\..*(so|pyd)")
"""What Python and `setup.py build_ext` leave there."""
FULL_SCORE = 10


def problems(folder: Path, run: bool) -> Iterator[str]:
    """One line per problem of an exercise folder, each with what to do. `run`: also grade its stub and solution."""
    try:
        exercise = catalog.load(folder)
    except catalog.CatalogError as error:
        yield str(error)
        return
    found = [*_files(exercise), *_metadata(exercise), *_stub(exercise), *_readme(exercise), *_checks(exercise)]
    yield from (f"{folder.name}: {problem}" for problem in found)
    if run and not found:
        yield from (f"{folder.name}: {problem}" for problem in _behaviour(exercise))


def _files(exercise: Exercise) -> Iterator[str]:
    required = REQUIRED | {exercise.attempt}
    yield from _compare(exercise.folder, required, required | ALLOWED)
    solution = catalog.own_solutions() / exercise.folder.name
    if not solution.is_dir():
        wanted = f"{solution.parent.name}/{solution.name}/{exercise.attempt}"
        yield f"there is no solution; write {wanted} and a README.md beside it"
    else:
        parts = {"README.md", exercise.attempt}
        yield from _compare(solution, parts, parts)


def _compare(folder: Path, required: set[str], allowed: set[str]) -> Iterator[str]:
    there = {path.name for path in folder.iterdir() if not IGNORED.fullmatch(path.name)}
    yield from (f"{folder.parent.name}/{folder.name}/{name} is missing; write it" for name in sorted(required - there))
    yield from (
        f"{folder.parent.name}/{folder.name}/{name} does not belong there; remove it"
        for name in sorted(there - allowed)
    )


def _metadata(exercise: Exercise) -> Iterator[str]:
    known = {folder.name[:2] for folder in catalog.folders(exercise.folder.parent)}
    if exercise.goal >= exercise.limit:
        yield f"exercise.toml: the goal ({exercise.goal:g}) must be less than the limit ({exercise.limit:g})"
    for number in exercise.requires:
        if number >= exercise.number:
            yield f"exercise.toml: requires {number}, which does not come before {exercise.number}"
        elif number not in known:
            yield f"exercise.toml: requires {number}, which does not exist"


def _stub(exercise: Exercise) -> Iterator[str]:
    sync, attempt = exercise.folder / SYNC, exercise.folder / exercise.attempt
    if not (sync.is_file() and attempt.is_file()):
        return
    if sync.read_bytes() != attempt.read_bytes():
        yield f"{attempt.name} is not an exact copy of {SYNC}; copy {SYNC} over it"
    try:
        tree = ast.parse(sync.read_bytes())
    except SyntaxError as error:
        yield f"{SYNC}:{error.lineno} is not valid Python: {error.msg}"
        return
    if any(isinstance(node, ast.AsyncFunctionDef) for node in ast.walk(tree)):
        yield f"{SYNC} has an `async def`; a stub is synchronous, and turning it async is the learner's move"


def _readme(exercise: Exercise) -> Iterator[str]:
    file = exercise.folder / "README.md"
    text = " ".join(file.read_text(encoding="utf-8").split()) if file.is_file() else ""
    for number, hint in enumerate(exercise.hints, start=1):
        if " ".join(hint.split()) not in text:
            yield f"README.md does not have hint {number} of exercise.toml word for word; put it into a <details> block"
    for wanted in (f"pytest exercises/{exercise.number}", "## What is checked", "## Hints", "<details>"):
        if wanted not in text:
            yield f"README.md has no {wanted!r}; see CONTRIBUTING.md for its parts"


def _checks(exercise: Exercise) -> Iterator[str]:
    file = exercise.folder / CHECKS
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
    if not any(argument.arg == "race" for check in checks for argument in check.args.args):
        yield f"{CHECKS}: no check takes the `race` fixture; an exercise needs a timed check"
    total = sum(_points(check) for check in checks)
    if total != FULL_SCORE:
        yield f"{CHECKS}: the points add up to {total:g}; make it {FULL_SCORE}"


def _points(check: ast.FunctionDef) -> float:
    """The argument of `@pytest.mark.points(n)`; 1 without one, as in the plugin."""
    for decorator in check.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.points":
            return float(ast.literal_eval(decorator.args[0]))
    return 1.0


def _behaviour(exercise: Exercise) -> Iterator[str]:
    from checker.session.grader import Grader

    with Grader() as grader:
        stub = grader.grade(exercise, exercise.folder / exercise.attempt)
        for check in stub.checks:
            timed = check.speed is not None
            if timed and check.verdict is not Verdict.FAILED:
                yield f"the stub is {check.verdict} at the timed check {check.id!r}; it must fail it"
            serial = check.diagnosis is not None and check.diagnosis.code is Code.SERIAL
            if not timed and check.verdict is not Verdict.PASSED and not serial:
                yield f"the stub is {check.verdict} at {check.id!r}; it must be correct, and only slow"
        solution = grader.grade(exercise, catalog.own_solutions() / exercise.folder.name / exercise.attempt)
        for check in solution.checks:
            if check.verdict is not Verdict.PASSED:
                yield f"the solution is {check.verdict} at {check.id!r}: {check.detail or check.diagnosis}"
