"""The `checker` command: its subcommands, and the small ones among them."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from checker import __version__, catalog
from checker.commands import (
    books,
    common,
    companion,
    compare,
    explain,
    grade,
    handouts,
    own_folder,
    regrade,
    solution,
    watch,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="concurrency-kata")
def main() -> None:
    """Concurrency Kata: exercises in Python concurrency, and honest marks for them.

    Learners mostly need pytest: `pytest exercises/03` checks your exercises/03_pooled_downloads/attempt.py.
    """


for command in (
    own_folder.init,
    own_folder.update,
    companion.list_exercises,
    companion.next_exercise,
    companion.hint,
    companion.history,
    companion.reset,
    solution.run,
    solution.solution,
    watch.watch,
    grade.grade,
    books.export,
    books.merge,
    handouts.template,
    handouts.gradescope,
    handouts.new_course,
    regrade.regrade,
    compare.compare,
    explain.explain,
):
    main.add_command(command)


@main.command()
def isolation() -> None:
    """Say how well attempts are shut in on this machine, by trying to break out."""
    from checker.commands import isolation as shown
    from checker.process import barriers
    from checker.process.isolation import best

    click.echo(barriers.summary(best()))
    Console().print(shown.render(barriers.tried()))


@main.command()
@click.argument("exercises", nargs=-1, metavar="[EXERCISE]...")
@click.option("--run/--no-run", default=True, help="Also grade each stub and each solution (takes a while).")
@click.option("--attempts", is_flag=True, help="And each right and wrong attempt in tests/attempts (takes minutes).")
@click.pass_context
def lint(context: click.Context, exercises: tuple[str, ...], run: bool, attempts: bool) -> None:
    """Check the exercises themselves (for authors). EXERCISE: only these, each a folder or a number."""
    from checker.authoring import lint

    problems = 0
    for folder in [_folder(each) for each in exercises] or catalog.folders(catalog.own_exercises()):
        for problem in lint.problems(folder, run, attempts):
            problems += 1
            click.echo(problem)
    if problems == 0:
        click.echo("No problems found.")
    context.exit(common.FAILED if problems else common.PASSED)


def _folder(name: str) -> Path:
    """The exercise that is meant. Raises UsageError."""
    if Path(name).is_dir():
        return Path(name).resolve()
    try:
        return catalog.resolve(catalog.own_exercises(), name)
    except catalog.CatalogError as error:
        raise click.UsageError(str(error)) from error
