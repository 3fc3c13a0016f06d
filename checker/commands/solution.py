"""`checker solution` and `checker run`: what runs look like, without a mark."""

from __future__ import annotations

from collections.abc import Iterator

import click

from checker import catalog
from checker.catalog import SYNC
from checker.commands import companion, screen
from checker.gradebook.gradebook_file import GradebookError
from checker.model.answer import AttemptResult
from checker.model.exercise import Exercise
from checker.picture import as_text
from checker.progress import book as progress
from checker.progress import rules
from checker.report.terminal import StyledLine, numbers


@click.command()
@click.argument("exercise", required=False, metavar="[NN]")
def run(exercise: str | None) -> None:
    """Show sync.py and your attempt of exercise NN as pictures, without grading."""
    from checker.session.grader import Grader

    chosen = companion.here().one(exercise)
    attempt, sync = (
        (chosen.folder / name).read_bytes() if (chosen.folder / name).is_file() else None
        for name in (chosen.attempt, SYNC)
    )
    with Grader() as grader:
        if attempt != sync:
            screen.show(_drawn(SYNC, grader.grade(chosen, sync, "timed")), wrap=False)
        screen.show(_drawn(chosen.attempt, grader.grade(chosen, attempt, "timed")), wrap=False)
    if attempt == sync:
        click.echo(f"{chosen.attempt} is still the same as {SYNC}.")


@click.command()
@click.argument("exercise", metavar="NN")
@click.option("--yes", is_flag=True, help="Do not ask, if you have not passed yet.")
def solution(exercise: str, yes: bool) -> None:
    """Show a solution of exercise NN beside yours: pictures, speed-ups, and what else would work."""
    from checker.session.grader import Grader

    place = companion.here()
    chosen = place.one(exercise)
    passing = rules.passing_sha256s(place.tries().get(chosen.number, []))
    place.say_trouble()
    file = catalog.own_solutions() / chosen.folder.name / chosen.attempt
    if not file.is_file():
        raise click.ClickException(f"there is no solution of {chosen.number} here: {file}")
    if not passing and not yes:
        question = (
            f"You have not passed {chosen.number} yet; a hint may be enough (checker hint {chosen.number}). Show it?"
        )
        click.confirm(question, abort=True)
    if passing:
        mine = _kept(place, chosen, passing[-1])
        screen.show(_drawn("yours", mine) if mine is not None else [], wrap=False)
    with Grader() as grader:
        screen.show(_drawn("the solution", grader.grade(chosen, file.read_bytes(), "timed")), wrap=False)
    screen.show(text(chosen), wrap=False)


def _kept(place: companion.Place, exercise: Exercise, digest: str) -> AttemptResult | None:
    try:
        with progress.to_read(place.root) as book:
            return book.whole(exercise.number, digest)
    except GradebookError:
        return None


def text(exercise: Exercise) -> Iterator[StyledLine]:
    """The reference, and what is said of it."""
    folder = catalog.own_solutions() / exercise.folder.name
    for name in (exercise.attempt, "README.md"):
        if (folder / name).is_file():
            lines = (folder / name).read_text("utf-8").splitlines()
            yield from (StyledLine(line) for line in lines if line != "<!-- attempt -->")
            yield StyledLine()


def _drawn(name: str, result: AttemptResult) -> Iterator[StyledLine]:
    """The picture and the numbers of its race; what went wrong, if there is no picture."""
    picture = next((check.picture for check in result.checks if check.picture is not None), None)
    yield StyledLine(name, {"bold": True})
    yield from (StyledLine(f"  {line}") for line in as_text.render(picture).splitlines())
    if result.speed is not None:
        yield StyledLine(f"  {numbers(result.speed)}")
    if picture is None and result.diagnosis is not None:
        yield StyledLine(f"  {result.diagnosis.code}: {result.diagnosis.sentence}")
    yield StyledLine()
