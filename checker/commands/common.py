"""What several commands need: the exercises, exit codes."""

from __future__ import annotations

from pathlib import Path

import click

from checker import catalog
from checker.model.answer import Verdict
from checker.model.exercise import Exercise

PASSED, FAILED, USAGE, UNJUDGED = 0, 1, 2, 3


def exercises() -> list[Exercise]:
    """The checker's own."""
    return load(catalog.own_exercises())


def load(root: Path) -> list[Exercise]:
    try:
        return catalog.load_all(root)
    except catalog.CatalogError as error:
        raise click.ClickException(str(error)) from error


def one(known: list[Exercise], name: str) -> Exercise:
    """The exercise of a number or name. Raises UsageError."""
    try:
        folder = catalog.resolve(catalog.own_exercises(), name)
    except catalog.CatalogError as error:
        raise click.UsageError(str(error)) from error
    return next(exercise for exercise in known if exercise.folder == folder)


def exit_code(verdicts: list[Verdict]) -> int:
    if Verdict.FAILED in verdicts:
        return FAILED
    return PASSED if verdicts and all(verdict is Verdict.PASSED for verdict in verdicts) else UNJUDGED
