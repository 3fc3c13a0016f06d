"""Find what was handed in: attempt files, and nothing else. Nothing is executed, imported or followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker import catalog
from checker.model import Exercise

MAX_ATTEMPT_BYTES = 2**20


class SubmissionError(Exception):
    """A path holds nothing that can be graded; the message says what was expected."""


@dataclass(frozen=True)
class Submission:
    """One learner's attempts: for each exercise the file, or None where there is none that may be read."""

    name: str
    attempts: list[tuple[Exercise, Path | None]]


def find(path: Path, exercises: Sequence[Exercise], only: Exercise | None = None) -> list[Submission]:
    """The submissions at a path: an attempt file, an exercise folder, a repository, or a folder of repositories.

    `only`: the exercise to grade; needed for a file, and a filter for everything else. Raises SubmissionError.
    """
    if not path.exists():
        raise SubmissionError(f"{path}: there is no such file or folder")
    if path.is_file():
        if only is None:
            raise SubmissionError(f"{path} is a file: say which exercise it is for, with --exercise NN")
        return [Submission(path.stem if path.name != only.attempt else path.parent.name, [(only, readable(path))])]
    wanted = [only] if only is not None else list(exercises)
    folder = _as_exercise(path, wanted)
    if folder is not None:
        return [folder]
    if _is_repository(path):
        return [_repository(path, wanted)]
    learners = [child for child in sorted(path.iterdir()) if _is_folder(child) and _is_repository(child)]
    if not learners:
        raise SubmissionError(
            f"{path} is not a submission: expected an exercise folder (03_pooled_downloads/attempt.py), a repository "
            "with an exercises/ folder, or a folder of such repositories"
        )
    return [_repository(learner, wanted) for learner in learners]


def readable(file: Path) -> Path | None:
    """The file, if it is a regular file (no link) of a sensible size."""
    try:
        found = file.lstat()
    except OSError:
        return None
    return file if stat.S_ISREG(found.st_mode) and found.st_size <= MAX_ATTEMPT_BYTES else None


def _as_exercise(path: Path, exercises: Sequence[Exercise]) -> Submission | None:
    """A folder like 03_pooled_downloads, whoever's it is."""
    name = path.resolve().name
    for exercise in exercises:
        if name == exercise.folder.name:
            return Submission(name, [(exercise, readable(path / exercise.attempt))])
    return None


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _root(path: Path) -> Path:
    """Where the exercise folders of a repository are."""
    return path / "exercises" if _is_folder(path / "exercises") else path


def _is_repository(path: Path) -> bool:
    return bool(catalog.folders(_root(path)))


def _repository(path: Path, exercises: Sequence[Exercise]) -> Submission:
    """The attempts that are there; with one exercise asked for, that one in any case."""
    root = _root(path)
    attempts = [
        (exercise, readable(root / exercise.folder.name / exercise.attempt))
        for exercise in exercises
        if len(exercises) == 1 or os.path.lexists(root / exercise.folder.name)
    ]
    return Submission(path.resolve().name, attempts)
