"""`checker new` and `checker lint`: for authors of exercises."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from checker import catalog
from checker.commands import common


@click.command()
@click.argument("name", metavar="NN_SLUG")
@click.option(
    "--in", "root", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), default=Path(),
    help="The folder with your exercises/ and solutions/.  [default: this one]",
)  # fmt: skip
def new(name: str, root: Path) -> None:
    """Begin an exercise, such as 32_roll_call: one that runs, to be made into yours. docs/writing-exercises.md."""
    from checker.authoring import skeleton

    try:
        with common.writing(root):
            written = skeleton.write(root, name, common.exercises())
    except skeleton.SkeletonError as error:
        raise click.UsageError(str(error)) from error
    folder = next(path.parent for path in written if path.name == catalog.METADATA)
    lint = f"checker lint {shlex.quote(str(folder))}"
    click.echo(f"Wrote {len(written)} files. Begin with {folder / catalog.SYNC}; then: {lint}")


@click.command()
@click.argument("exercises", nargs=-1, metavar="[EXERCISE]...")
@click.option("--run/--no-run", default=True, help="Also grade each stub and each solution (takes a while).")
@click.option("--attempts", is_flag=True, help="And each right and wrong attempt in tests/attempts (takes minutes).")
@click.pass_context
def lint(context: click.Context, exercises: tuple[str, ...], run: bool, attempts: bool) -> None:
    """Check the exercises themselves (for authors).

    EXERCISE: only these, each a number, a folder, or a folder with an exercises/ of your own in it.
    """
    from checker.authoring import lint

    problems = 0
    for folder in [each for name in exercises for each in _folders(name)] or catalog.folders(catalog.own_exercises()):
        for problem in lint.problems(folder, run, attempts):
            problems += 1
            click.echo(problem)
    if problems == 0:
        click.echo("No problems found.")
    context.exit(common.FAILED if problems else common.PASSED)


def _folders(name: str) -> list[Path]:
    """The exercise folders for a number or a path. Raises UsageError."""
    folder = Path(name)
    if folder.is_dir():
        return catalog.folders(folder.resolve() / catalog.EXERCISES) or [folder.resolve()]
    try:
        return [catalog.resolve(catalog.own_exercises(), name)]
    except catalog.CatalogError as error:
        raise click.UsageError(str(error)) from error
