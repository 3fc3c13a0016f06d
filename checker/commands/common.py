"""Shared by several commands: types of options, exercises, gradebook, interpreter, exit codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker import catalog
from checker.model.answer import Verdict
from checker.model.exercise import Exercise

if TYPE_CHECKING:
    from checker.gradebook.gradebook import Gradebook
    from checker.model.interpreter import Interpreter

PASSED, FAILED, UNJUDGED = 0, 1, 3
"""Exit codes. (click's own for wrong usage is 2.)"""
A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
A_LEVEL = click.Choice(["process", "landlock", "namespaces"])
"""Levels of isolation; docs/security.md says what each promises."""

PYTHON = click.option("--python", metavar="NAME", help="Run attempts on another CPython: a name on PATH, or a path.")


def exercises(further: Sequence[str] = ()) -> list[Exercise]:
    """The checker's own exercises, and those of further folders. Raises ClickException."""
    try:
        return catalog.known([Path(root) for root in further])
    except catalog.CatalogError as error:
        raise click.ClickException(str(error)) from error


def one(known: Sequence[Exercise], name: str) -> Exercise:
    """The exercise with a number ("03", "3") or a name. Raises UsageError."""
    for exercise in known:
        if catalog.is_meant(exercise.folder, name):
            return exercise
    numbers = ", ".join(exercise.number for exercise in known)
    raise click.UsageError(f"there is no exercise {name!r}; there are: {numbers}")


@contextmanager
def gradebook(path: Path | None, only_read: bool = False) -> Iterator[Gradebook]:
    """An open gradebook; arguments as for Gradebook. Raises ClickException, also for errors while it is used."""
    from checker.gradebook.gradebook import Gradebook, GradebookError

    try:
        with Gradebook(path, only_read) as book:
            yield book
    except (GradebookError, catalog.CatalogError) as error:  # CatalogError: an exercise that its course names
        raise click.ClickException(str(error)) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """For code that writes to `path` or below. Raises ClickException, which names the file that cannot be written."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{error.filename or path} cannot be written: {error.strerror}") from error


def interpreter(name: str) -> Interpreter:
    """The interpreter that --python names, after trying it. Raises ClickException."""
    from checker.process import interpreters, trial

    try:
        return trial.tried(name)
    except interpreters.InterpreterError as error:
        raise click.ClickException(f"--python {error}") from error


def exit_code(verdicts: list[Verdict]) -> int:
    if Verdict.FAILED in verdicts:
        return FAILED
    return PASSED if verdicts and all(verdict is Verdict.PASSED for verdict in verdicts) else UNJUDGED
