"""Find exercises and read their metadata."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from checker.model.exercise import ATTEMPT, Exercise

FOLDER = re.compile(r"(\d\d)_([a-z0-9_]+)")
SYNC, COMPILED = "sync.py", "attempt.pyx"
METADATA, CHECKS = "exercise.toml", "test_attempt.py"
EXERCISES, SOLUTIONS, TESTS = "exercises", "solutions", "tests"
"""Folders of a checkout of this project, and of an instructor's own exercises: mirror trees."""
NUMBER = re.compile(r"\d{1,2}")
HERE = Path(__file__).parent


class CatalogError(Exception):
    """An exercise cannot be found or read; the message says what to do."""


def own_exercises() -> Path:
    """The grader's own exercises: beside the package in a checkout, inside it in an installed copy."""
    return _content(EXERCISES)


def own_solutions() -> Path:
    """The reference solutions; the folder need not exist (a learner's repository has none)."""
    return _content(SOLUTIONS)


def _content(name: str) -> Path:
    installed = HERE / name
    return installed if installed.is_dir() else HERE.parent / name


def solution(folder: Path) -> Path:
    """The folder of an exercise's reference solution; it need not exist."""
    return folder.parent.with_name(SOLUTIONS) / folder.name


def known(further: Sequence[Path] = ()) -> list[Exercise]:
    """Our own exercises and those of further folders, ordered by number. Raises CatalogError."""
    found = load_all(own_exercises())
    for root in further:
        for each in load_all(root / EXERCISES):
            same = next((other for other in found if other.number == each.number), None)
            if same is not None:
                raise CatalogError(
                    f"{each.folder}: the number {each.number} is that of {same.folder.name}; give yours another one"
                )
            found.append(each)
    return sorted(found, key=lambda exercise: exercise.number)


def secret(further: Sequence[Path] = ()) -> list[Path]:
    """Folders that no attempt may read: checks and solutions, wherever they are installed, and right attempts."""
    return [
        own_exercises(), own_solutions(), *(root / name for root in further for name in (EXERCISES, SOLUTIONS, TESTS))
    ]  # fmt: skip


def folders(root: Path) -> list[Path]:
    """The exercise folders in `root`, in order."""
    if not root.is_dir():
        return []
    return sorted(folder for folder in root.iterdir() if FOLDER.fullmatch(folder.name) and folder.is_dir())


def resolve(root: Path, name: str) -> Path:
    """The exercise folder with a number ("03", "3") or a name ("03_pooled_downloads"). Raises CatalogError."""
    for folder in folders(root):
        if is_meant(folder, name):
            return folder
    numbers = ", ".join(folder.name[:2] for folder in folders(root)) or "none"
    raise CatalogError(f"there is no exercise {name!r} in {root}; there are: {numbers}")


def is_meant(folder: Path, name: str) -> bool:
    """Whether a number or a name means this exercise folder."""
    return name == folder.name or (NUMBER.fullmatch(name) is not None and name.zfill(2) == folder.name[:2])


def attempt_name(folder: Path) -> str:
    """The name of the learner's file in this exercise folder, also where that file is gone."""
    alike = (folder, own_exercises() / folder.name, solution(folder))
    return COMPILED if any((each / COMPILED).is_file() for each in alike) else ATTEMPT


def own_files(folder: Path) -> list[Path]:
    """The files of an exercise's or a solution's folder that a result depends on, in order: programs and settings.

    Hidden ones are an editor's own: Emacs locks `attempt.py` with `.#attempt.py`, a link that leads nowhere.
    """
    files = [file for file in sorted(folder.glob("[!.]*.*")) if file.is_file()]
    return [file for file in files if file.suffix in (".py", ".pyx", ".toml")]


def load(folder: Path) -> Exercise:
    """Read an exercise's `exercise.toml`. Raises CatalogError."""
    file = folder / METADATA
    match = FOLDER.fullmatch(folder.name)
    if match is None:
        raise CatalogError(f"{folder}: an exercise's folder is named like 03_pooled_downloads")
    try:
        exercise = msgspec.toml.decode(file.read_bytes(), type=Exercise)
    except OSError as error:
        raise CatalogError(f"{file} cannot be read: {error.strerror}") from error
    except (msgspec.MsgspecError, ValueError) as error:
        raise CatalogError(f"{file} is not right: {error}") from error
    slug = match[2].replace("_", "-")
    return msgspec.structs.replace(exercise, number=match[1], slug=slug, folder=folder, attempt=attempt_name(folder))


def load_all(root: Path) -> list[Exercise]:
    """All exercises in `root`, in order. Raises CatalogError."""
    return [load(folder) for folder in folders(root)]
