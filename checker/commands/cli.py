"""The `checker` command with its subcommands."""

from __future__ import annotations

import click
from rich.console import Console

from checker import __version__, process
from checker.commands import (
    authors,
    books,
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


class Commands(click.Group):
    """A group whose commands report it if they cannot run on this platform. Those that run no attempt always can."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            if process.AVAILABLE:
                raise
            raise click.ClickException(process.UNAVAILABLE) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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
    authors.new,
    authors.lint,
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
