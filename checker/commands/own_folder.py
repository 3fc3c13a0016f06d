"""`checker init` and `checker update`: make a learner's folder, and update it to the installed version."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from checker import __version__, catalog
from checker.commands import common, companion


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make DIR your folder: all exercises without solutions, settings for pytest, your editor and Git."""
    from checker.authoring import kata
    from checker.authoring.template import TemplateError

    exercises = common.exercises()
    try:
        with common.writing(folder):
            kata.write(folder, exercises)
    except TemplateError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{folder} has {len(exercises)} exercises. Now: cd {shlex.quote(str(folder))} && checker next")


@click.command()
def update() -> None:
    """Bring exercises, checks and texts of the installed version into your folder. Your attempts stay."""
    from checker.authoring import kata
    from checker.authoring.template import TemplateError

    root = companion.root()
    if root == catalog.own_exercises().parent:
        raise click.ClickException(
            f"{root} is a clone of the repository: git pull brings what is new, and keeps what you changed"
        )
    try:
        with common.writing(root):
            changes = kata.update(root, common.exercises())
    except TemplateError as error:
        raise click.ClickException(f"{error}. To begin anew: checker init my-kata") from error
    rows = [
        ("new", changes.added, ""), ("changed", changes.changed, ""), ("removed", changes.removed, ""),
        ("yours", changes.kept, f" (the new one is beside it: {kata.BESIDE})"),
        ("yours", changes.attempts, " (sync.py has changed: compare)"),
    ]  # fmt: skip
    found = [f"  {word:8}{path}{more}" for word, paths, more in rows for path in paths]
    click.echo(f"From {changes.before} to {__version__}: " + ("" if found else "nothing has changed."))
    for line in found:
        click.echo(line)
