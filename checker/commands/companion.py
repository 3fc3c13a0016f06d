"""Commands for learners between two runs: list, next, hint, history, reset."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from checker import catalog
from checker.catalog import EXERCISES, SYNC
from checker.commands import common, screen
from checker.gradebook.gradebook_file import GradebookError
from checker.model.exercise import Exercise
from checker.progress import book as progress
from checker.progress import page, rules
from checker.progress.rules import Try
from checker.report.terminal import StyledLine

BEGIN = "There are no exercises here. To begin: checker init my-kata, then: cd my-kata"


class Place:
    """The learner's folder: its exercises and the progress."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.exercises: list[Exercise] = []
        self.broken: list[str] = []
        """Why exercises cannot be read. Unfinished ones do not prevent work on the others."""
        for folder in catalog.folders(root / EXERCISES):
            try:
                self.exercises.append(catalog.load(folder))
            except catalog.CatalogError as error:
                self.broken.append(str(error))
        self.trouble = ""
        """Why progress cannot be read."""

    def tries(self) -> dict[str, list[Try]]:
        """All runs by exercise; empty if there is no progress. If it cannot be read, `trouble` says why."""
        try:
            with progress.to_read(self.root) as book:
                return book.tries()
        except GradebookError as error:
            self.trouble = str(error)
            return {}

    def next_one(self, tries: dict[str, list[Try]], after: str = "") -> Exercise | None:
        """The next exercise to do; see rules.next_one."""
        return rules.next_one(self.exercises, rules.passed(tries), after)

    def passed(self) -> int:
        """The number of exercises here that are passed."""
        return len(rules.passed(self.tries()) & {each.number for each in self.exercises})

    def one(self, name: str | None) -> Exercise:
        """The exercise with a number or name; without one, the next to do. Raises UsageError."""
        if name is None:
            return self.next_one(self.tries()) or self.exercises[-1]
        try:
            folder = catalog.resolve(self.root / EXERCISES, name)
        except catalog.CatalogError as error:
            raise click.UsageError(str(error)) from error
        found = next((each for each in self.exercises if each.folder == folder), None)
        if found is None:
            raise click.UsageError("; ".join(self.broken))
        return found

    def say_trouble(self) -> None:
        """Print what cannot be read to standard error, in one line each."""
        for why in self.broken:
            click.echo(f"Left out: {why}", err=True)
        if self.trouble:
            click.echo(f"Your progress cannot be read: {self.trouble}", err=True)


def root() -> Path:
    """The nearest folder with exercises: the working directory or one above it. Raises ClickException."""
    now = Path.cwd()
    for folder in (now, *now.parents):
        if catalog.folders(folder / EXERCISES):
            return folder
    raise click.ClickException(BEGIN)


def here() -> Place:
    """The learner's folder, with at least one exercise that can be read. Raises ClickException."""
    place = Place(root())
    if not place.exercises:
        raise click.ClickException(f"no exercise here can be read: {'; '.join(place.broken)}; try: checker update")
    return place


@click.command(name="list")
def list_exercises() -> None:
    """List the exercises: how far you are, and what is next."""
    place = here()
    screen.show(overview(place, place.tries()))
    place.say_trouble()


def overview(place: Place, tries: dict[str, list[Try]]) -> Iterator[StyledLine]:
    """The list of exercises with the learner's standings, and the next exercise."""
    standings = progress.standings(place.exercises, tries)
    return page.overview(place.exercises, standings, place.next_one(tries), tries, screen.width())


@click.command(name="next")
def next_exercise() -> None:
    """Say which exercise to do now: the first whose requirements are met."""
    place = here()
    tries = place.tries()
    following = place.next_one(tries)
    standings = progress.standings(place.exercises, tries)
    end = page.the_end(place.exercises, standings, tries)
    screen.show(page.do_next(following, screen.width()) if following is not None else end)
    place.say_trouble()


@click.command()
@click.argument("exercise", required=False, metavar="[NN]")
def hint(exercise: str | None) -> None:
    """Show a hint for exercise NN: each time one more."""
    place = here()
    chosen = place.one(exercise)
    screen.show(page.hint(chosen, another_hint(place.root, chosen)))


def another_hint(root: Path, exercise: Exercise) -> int:
    """The number of the next hint, counted from 1. It is recorded, if possible, that it was shown."""
    try:
        with progress.to_write(root) as book:
            number = book.hints(exercise.number) % len(exercise.hints) + 1
            book.set(**{f"hints {exercise.number}": str(number)})
            return number
    except GradebookError as error:
        click.echo(f"Which hints you have seen is not remembered: {error}", err=True)
        return 1


@click.command()
@click.argument("exercise", required=False, metavar="[NN]")
def history(exercise: str | None) -> None:
    """Show all runs of exercise NN: when, how fast, what was wrong."""
    place = here()
    chosen = place.one(exercise)
    tries = place.tries().get(chosen.number, [])
    if tries:
        screen.show(page.history(chosen, tries, screen.width()))
    elif not place.trouble:
        click.echo(f"Exercise {chosen.number} was not run yet: pytest exercises/{chosen.number}")
    place.say_trouble()


@click.command()
@click.argument("exercise", metavar="NN")
def reset(exercise: str) -> None:
    """Begin exercise NN again: attempt.py is the stub again, and yours is kept beside it."""
    place = here()
    chosen = place.one(exercise)
    file, stub = chosen.folder / chosen.attempt, chosen.folder / SYNC
    with common.writing(file):
        if not file.exists():
            shutil.copyfile(stub, file)
            click.echo(f"{_shown(file, place)} is there again.")
        elif file.read_bytes() == stub.read_bytes():
            click.echo(f"{_shown(file, place)} is the stub already: nothing to do.")
        else:
            kept = _kept_beside(file)
            file.replace(kept)
            shutil.copyfile(stub, file)
            click.echo(f"{_shown(file, place)} is the stub again. Yours is kept in {_shown(kept, place)}")


def _kept_beside(file: Path) -> Path:
    """A free name with the time in it: mine.2026-03-01-140500.py.

    pytest does not collect such a file, and it is not taken for an attempt in a submission.
    """
    now = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    kept, number = file.with_name(f"{progress.KEPT}{now}{file.suffix}"), 1
    while kept.exists():
        kept, number = file.with_name(f"{progress.KEPT}{now}-{number}{file.suffix}"), number + 1
    return kept


def _shown(file: Path, place: Place) -> str:
    return str(file.relative_to(place.root))
