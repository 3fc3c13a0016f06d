"""Resolve the arguments of `pytest`, such as an exercise's number."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker import catalog
from checker.catalog import EXERCISES

OPTION = "--attempt"
TEST = re.compile(r"^(?:async )?def (test\w*)", re.MULTILINE)


def resolved(argument: str, here: Path) -> str:
    """The path for an argument such as `exercises/03`, `03`, `exercises/03::test_x` or
    `exercises/03/test_attempt.py::test_x`.

    Exercises are searched below `here`, and then below its parent folders. Raises UsageError.
    """
    path, separator, check = argument.partition("::")
    if (here / path).exists():
        return _with_file(path, here, separator + check)
    parts = Path(path).parts
    for index, part in enumerate(parts):
        root = next(_roots(here, parts[:index]), None) if catalog.NUMBER.fullmatch(part) else None
        if root is not None:
            try:
                folder = catalog.resolve(root, part)
            except catalog.CatalogError as error:
                raise pytest.UsageError(str(error)) from error
            return _with_file(spelled(folder.joinpath(*parts[index + 1 :]), here), here, separator + check)
    if parts[:1] == (EXERCISES,) and parts[1:] and catalog.folders(here / EXERCISES):
        raise pytest.UsageError(_not_there(argument, here / EXERCISES, parts[1]))
    if parts[:1] == (EXERCISES,) and any(map(catalog.NUMBER.fullmatch, parts)):
        raise pytest.UsageError(f"{argument}: {here} has no exercises; go to the folder that has {EXERCISES}/ in it")
    return argument


def _not_there(argument: str, exercises: Path, name: str) -> str:
    """Why nothing is at the path `argument`, in the folder of exercises: it has no exercise `name`, or a part less."""
    try:
        folder = catalog.resolve(exercises, name)
    except catalog.CatalogError as error:
        return str(error)
    return f"{argument}: there is no such file. The checks of this exercise: pytest {EXERCISES}/{folder.name[:2]}"


def spelled(path: Path, here: Path) -> str:
    """The path as pytest takes it in the folder `here`, whatever that is called: what follows a `[` is a parameter."""
    return os.path.relpath(path, here) if "[" in str(path) else str(path)


def _roots(here: Path, before: tuple[str, ...]) -> Iterator[Path]:
    """Folders of exercises that may be meant in the folder `here` by the parts `before` and a number after them."""
    for base in (here, *here.parents):
        below = [base.joinpath(*before)] if before else [base, base / EXERCISES]
        yield from (root for root in below if catalog.folders(root))


def _with_file(path: str, here: Path, check: str) -> str:
    """A check after an exercise's folder means the check in its only file of checks."""
    if not (check and is_exercise(here / path)):
        return path + check
    file = Path(path) / catalog.CHECKS if (here / path).is_dir() else Path(path)
    _require_check(here / file, check)
    return f"{file}{check}"


def _require_check(file: Path, check: str) -> None:
    """Raises UsageError with the names of all checks if the file has no such check: pytest does not list them."""
    text = file.read_text("utf-8", "replace") if file.is_file() else check
    name = check.removeprefix("::").partition("[")[0]
    if not all(re.search(rf"\b{re.escape(part)}\b", text) for part in name.split("::")):
        known = "".join(f"\n  {each}" for each in TEST.findall(text))
        raise pytest.UsageError(f"{file.parent.name} has no check {name}. It has:{known}")


def is_exercise(path: Path) -> bool:
    """Whether this is the folder of an exercise, or a file in one."""
    return any((folder / catalog.METADATA).is_file() for folder in (path, path.parent))


def joined(arguments: tuple[str, ...]) -> list[str] | None:
    """The arguments with `--attempt PATH` joined to one word; None: they need no change.

    pytest determines its rootdir before it knows the options of plugins, and takes PATH for something to collect: an
    attempt from elsewhere would move the rootdir there, and away from the settings.
    """
    if OPTION not in arguments[:-1]:
        return None
    at = arguments.index(OPTION)
    return [*arguments[:at], f"{OPTION}={arguments[at + 1]}", *arguments[at + 2 :]]
