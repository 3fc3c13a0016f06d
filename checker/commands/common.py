"""What several commands need: the exercises, exit codes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from checker import catalog
from checker.model.answer import Verdict
from checker.model.exercise import Exercise

PASSED, FAILED, USAGE, UNJUDGED = 0, 1, 2, 3


def exercises(further: Sequence[str] = ()) -> list[Exercise]:
    """The checker's own, and those of further folders. Raises ClickException."""
    for root in further:
        if not (Path(root) / catalog.EXERCISES).is_dir():
            told = "give --course with the file where it is now, or bring the folder back"
            raise click.ClickException(f"{root}, with exercises of this course, is not there: {told}")
    try:
        return catalog.known([Path(root) for root in further])
    except catalog.CatalogError as error:
        raise click.ClickException(str(error)) from error


def one(known: Sequence[Exercise], name: str) -> Exercise:
    """The exercise of a number ("03", "3") or a name. Raises UsageError."""
    for exercise in known:
        if name == exercise.folder.name or name.zfill(2) == exercise.number:
            return exercise
    numbers = ", ".join(exercise.number for exercise in known)
    raise click.UsageError(f"there is no exercise {name!r}; there are: {numbers}")


def exit_code(verdicts: list[Verdict]) -> int:
    if Verdict.FAILED in verdicts:
        return FAILED
    return PASSED if verdicts and all(verdict is Verdict.PASSED for verdict in verdicts) else UNJUDGED
