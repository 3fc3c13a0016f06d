"""`checker compare`: one attempt on several interpreters, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from checker.catalog import EXERCISES
from checker.commands import common, companion

if TYPE_CHECKING:
    from checker.model.answer import AttemptResult
    from checker.model.exercise import Exercise
    from checker.model.interpreter import Interpreter


@click.command()
@click.argument("number", metavar="NN")
@click.option(
    "--python", "names", metavar="NAME", multiple=True, required=True,
    help="A CPython to race on: a name on PATH, or a path. Say it for each.",
)  # fmt: skip
@click.option(
    "--attempt", "file", metavar="FILE", type=common.A_FILE, help="The attempt.  [default: the one in exercises/]"
)
def compare(number: str, names: tuple[str, ...], file: Path | None) -> None:
    """Race an attempt at exercise NN on several interpreters, such as one with a GIL and one without."""
    from checker.picture import as_text
    from checker.report import comparison

    exercise = common.one(common.exercises(), number)
    text = (file or _own(exercise)).read_bytes()
    tried = [common.interpreter(name) for name in names]  # all of them, before anything is raced
    compared = [(interpreter, _raced(exercise, text, interpreter)) for interpreter in tried]
    console = Console()
    console.print(comparison.table(compared))
    for line in (as_text.render(comparison.picture(compared)), *comparison.explanations(compared)):
        console.print(line, markup=False, highlight=False)


def _own(exercise: Exercise) -> Path:
    """The attempt in the nearest folder with exercises: the working directory or one above it. Raises ClickException.

    An installed checker has attempts, too, of which nobody asks: untouched ones.
    """
    file = companion.root() / EXERCISES / exercise.folder.name / exercise.attempt
    if not file.is_file():
        raise click.ClickException(f"there is no {file}; another one: --attempt FILE")
    return file


def _raced(exercise: Exercise, text: bytes, interpreter: Interpreter) -> AttemptResult:
    from checker.session.grader import Grader

    with Grader(interpreter=interpreter) as grader:
        return grader.grade(exercise, text, only="timed")
