"""Lint of exercises, for authors and CI: is an exercise complete and consistent, and does it behave?"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from checker import catalog
from checker.authoring import attempts, behaviour, checks, drivers, hints, readme, skeleton, styles
from checker.catalog import CHECKS, METADATA, SYNC
from checker.model.exercise import Exercise

README = "README.md"
REQUIRED = {README, METADATA, SYNC, CHECKS}
ALLOWED = {"scenario.py"}
IGNORED = re.compile(r"\..*|__pycache__|attempt\.c|attempt\..*(so|pyd)")
"""What editors, Python and `setup.py build_ext` leave behind."""
DERIVED = {"number", "slug", "folder", "attempt"}
"""Fields of an exercise that come from its folder, and not from exercise.toml."""


def problems(folder: Path, run: bool, grade: bool = False) -> Iterator[str]:
    """One line per problem of an exercise folder, with what to do about it: all problems at once.

    `run`: if nothing else is wrong, also grade the stub and the solution. `grade`: also the right and wrong attempts.
    """
    if catalog.FOLDER.fullmatch(folder.name) is None:
        yield f"{folder.name}: an exercise's folder is named like 03_pooled_downloads; rename it"
        return
    raw, unreadable = _raw(folder / METADATA)
    found = [*unreadable, *_fields(raw), *_numbers(folder, raw), *_files(folder), *_stub(folder)]
    found += readme.problems(folder, raw.get("hints"))
    found += hints.problems(folder, raw["hints"] if isinstance(raw.get("hints"), list) else [])
    found += [*checks.problems(folder), *drivers.problems(folder)]
    found += [*styles.problems(folder), *attempts.problems(folder)]
    found += skeleton.unfinished(folder)
    if run and not found:
        found += behaviour.problems(catalog.load(folder))
    if grade and not found:
        found += attempts.graded(catalog.load(folder))
    yield from (f"{folder.name}: {problem}" for problem in found)


def _raw(file: Path) -> tuple[dict[str, Any], list[str]]:
    """The content of exercise.toml, not validated, and why it cannot be read."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")), []
    except FileNotFoundError:
        return {}, []  # reported by _files
    except (OSError, ValueError) as error:
        return {}, [f"{METADATA} is not TOML: {error}"]


def _fields(raw: dict[str, Any]) -> Iterator[str]:
    """One line for each field that is missing, unknown or invalid."""
    if not raw:
        return
    fields = {field.name: field for field in msgspec.structs.fields(Exercise) if field.name not in DERIVED}
    yield from (f"{METADATA}: there is no field {name!r}; remove it" for name in raw if name not in fields)
    for name, field in fields.items():
        if name not in raw:
            if field.required:
                yield f"{METADATA}: {name} is missing; write it"
            continue
        try:
            msgspec.convert(raw[name], field.type)
        except msgspec.ValidationError as error:
            yield f"{METADATA}: {name} is not right: {error}"


def _numbers(folder: Path, raw: dict[str, Any]) -> Iterator[str]:
    """Whether the numbers fit together: goal and limit, and the required exercises."""
    goal, limit, requires = raw.get("goal"), raw.get("limit"), raw.get("requires")
    if isinstance(goal, int | float) and isinstance(limit, int | float) and goal >= limit:
        yield f"{METADATA}: the goal ({goal:g}) must be less than the limit ({limit:g})"
    known = {each.name[:2] for root in (folder.parent, catalog.own_exercises()) for each in catalog.folders(root)}
    for number in requires if isinstance(requires, list) else ():
        if str(number) >= folder.name[:2]:
            yield f"{METADATA}: requires {number}, which does not come before {folder.name[:2]}"
        elif number not in known:
            yield f"{METADATA}: requires {number}, which does not exist"


def _files(folder: Path) -> Iterator[str]:
    attempt = catalog.attempt_name(folder)
    required = REQUIRED | {attempt}
    yield from _compare(folder, required, required | ALLOWED)
    solution = catalog.solution(folder)
    if not solution.is_dir():
        wanted = f"{solution.parent.name}/{solution.name}/{attempt}"
        yield f"there is no solution; write {wanted} and a README.md beside it"
    else:
        yield from _compare(solution, {README, attempt}, {README, attempt})


def _compare(folder: Path, required: set[str], allowed: set[str]) -> Iterator[str]:
    there = {path.name for path in folder.iterdir() if not IGNORED.fullmatch(path.name)}
    where = f"{folder.parent.name}/{folder.name}"
    yield from (f"{where}/{name} is missing; write it" for name in sorted(required - there))
    yield from (f"{where}/{name} does not belong there; remove it" for name in sorted(there - allowed))


def _stub(folder: Path) -> Iterator[str]:
    sync, attempt = folder / SYNC, folder / catalog.attempt_name(folder)
    if not sync.is_file():
        return
    if attempt.is_file() and sync.read_bytes() != attempt.read_bytes():
        yield f"{attempt.name} is not an exact copy of {SYNC}; copy {SYNC} over it"
    try:
        tree = ast.parse(sync.read_bytes())
    except SyntaxError as error:
        yield f"{SYNC}:{error.lineno} is not valid Python: {error.msg}"
        return
    if any(isinstance(node, ast.AsyncFunctionDef) for node in ast.walk(tree)):
        yield f"{SYNC} has an `async def`; a stub is synchronous, and turning it async is the learner's move"
