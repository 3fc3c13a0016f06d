"""`checker solution` and `checker run`: pictures of runs, without a mark."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from checker import catalog
from checker.catalog import SYNC
from checker.commands import companion, screen
from checker.model.exercise import Exercise
from checker.picture import as_text
from checker.progress import book as progress
from checker.progress import rules
from checker.report.terminal import INDENT, StyledLine, numbers, printable
from checker.session import telling
from checker.session.told import Told


@click.command()
@click.argument("exercise", required=False, metavar="[NN]")
def run(exercise: str | None) -> None:
    """Show sync.py and your attempt of exercise NN as pictures, without grading."""
    chosen = companion.here().one(exercise)
    attempt, sync = chosen.folder / chosen.attempt, chosen.folder / SYNC
    untouched = attempt.is_file() and attempt.read_bytes() == sync.read_bytes()
    names = {} if untouched else {"sync": SYNC}
    screen.show(_drawn(names | {"attempt": chosen.attempt}, chosen, attempt))
    if untouched:
        click.echo(f"{chosen.attempt} is still the same as {SYNC}.")


@click.command()
@click.argument("exercise", metavar="NN")
@click.option("--yes", is_flag=True, help="Do not ask, if you have not passed yet.")
def solution(exercise: str, yes: bool) -> None:
    """Show a solution of exercise NN beside yours: pictures, speed-ups, and what else would work."""
    place = companion.here()
    chosen = place.one(exercise)
    passing = rules.passing_sha256s(place.tries().get(chosen.number, []))
    place.say_trouble()
    file = reference(chosen) / chosen.attempt
    if not file.is_file():
        raise click.ClickException(f"there is no solution of {chosen.number} here: {file}")
    if not passing and not yes:
        click.echo(f"You have not passed {chosen.number} yet. A hint may be enough: checker hint {chosen.number}")
        click.confirm("Show the solution?", abort=True)
    if passing:
        screen.show(_mine(place, chosen, passing[-1]))
    screen.show(_drawn({"attempt": "the solution"}, chosen, file))
    screen.show(text(chosen), wrap=False)


def _mine(place: companion.Place, exercise: Exercise, digest: str) -> Iterator[StyledLine]:
    """The learner's latest passing attempt, from the gradebook."""
    with progress.to_read(place.root) as book, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / exercise.attempt
        file.write_bytes(book.attempt(digest) or b"")
        yield from _drawn({"attempt": "yours"}, exercise, file)


def reference(exercise: Exercise) -> Path:
    """The folder of the exercise's solution: beside the exercises, or in the installed copy."""
    beside = catalog.solution(exercise.folder)
    return beside if beside.is_dir() else catalog.own_solutions() / exercise.folder.name


def text(exercise: Exercise) -> Iterator[StyledLine]:
    """The reference solution and its README."""
    folder = reference(exercise)
    for name in (exercise.attempt, "README.md"):
        if (folder / name).is_file():
            lines = (folder / name).read_text("utf-8").splitlines()
            yield from (StyledLine(line) for line in lines if line != "<!-- attempt -->")
            yield StyledLine()


def _drawn(names: Mapping[str, str], exercise: Exercise, attempt: Path) -> Iterator[StyledLine]:
    """Run the exercise's races, and draw them. Raises ClickException."""
    try:
        races = telling.pictured(exercise.folder, attempt)
    except telling.NothingTold as error:
        raise click.ClickException(f"exercise {exercise.number} cannot be run: {error}") from error
    return drawn(names, races, screen.width())


def drawn(names: Mapping[str, str], races: Iterable[Told], columns: int) -> Iterator[StyledLine]:
    """The pictures and numbers of races. `names`: labels of "sync" and "attempt"; one without a label is not drawn."""
    for told in races:
        pictures = {scene.who: scene.picture for scene in reversed(told.scenes)}  # the first round's
        for who in [who for who in names if pictures.get(who) is not None]:
            yield StyledLine(names[who], {"bold": True})
            lines = as_text.render(pictures[who], columns - len(INDENT)).splitlines()
            yield from (StyledLine(f"{INDENT}{line}") for line in lines)
        if told.result.speed is not None:
            yield StyledLine(f"{INDENT}{numbers(told.result.speed)}")
        if pictures.get("attempt") is None and told.result.diagnosis is not None:
            diagnosis = told.result.diagnosis
            yield StyledLine(f"{names['attempt']}: {diagnosis.code}: {printable(diagnosis.sentence)}")
        yield StyledLine()
