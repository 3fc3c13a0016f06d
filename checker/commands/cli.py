"""The `checker` command: its subcommands, and the small ones among them."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from checker import __version__, catalog
from checker.commands import books, common, grade, handouts, regrade


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="concurrency-kata")
def main() -> None:
    """Concurrency Kata: exercises in Python concurrency, and honest marks for them.

    Learners mostly need pytest: `pytest exercises/03` checks your exercises/03_pooled_downloads/attempt.py.
    """


for command in (
    grade.grade,
    books.export,
    books.merge,
    handouts.template,
    handouts.gradescope,
    handouts.new_course,
    regrade.regrade,
):
    main.add_command(command)


@main.command(name="list")
def list_exercises() -> None:
    """List the exercises, and how far you are with each."""
    from checker.commands import overview

    root = Path("exercises") if catalog.folders(Path("exercises")) else catalog.own_exercises()
    Console().print(overview.render(common.load(root), overview.statuses(root)))


@main.command()
@click.argument(
    "folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="[FOLDER]..."
)
@click.option("--run/--no-run", default=True, help="Also grade each stub and each solution (takes a while).")
@click.pass_context
def lint(context: click.Context, folders: tuple[Path, ...], run: bool) -> None:
    """Check the exercises themselves (for authors). FOLDER: only these exercise folders."""
    from checker.authoring import lint

    problems = 0
    for folder in folders or tuple(catalog.folders(catalog.own_exercises())):
        for problem in lint.problems(folder.resolve(), run):
            problems += 1
            click.echo(problem)
    if problems == 0:
        click.echo("No problems found.")
    context.exit(common.FAILED if problems else common.PASSED)
