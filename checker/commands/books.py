"""`checker export` and `checker merge`: gradebooks to where marks are wanted, and to one another."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import common

if TYPE_CHECKING:
    from checker.gradebook.gradebook import Gradebook

FORMAT_NAMES = (
    "csv", "canvas", "moodle", "gradescope", "junit", "classroom50", "json", "html", "feedback", "items", "history",
    "similar", "leftovers",
)  # fmt: skip


@click.command()
@click.argument("book_file", metavar="GRADEBOOK", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--format", "name", type=click.Choice(FORMAT_NAMES), required=True, help="What reads it.")
@click.option(
    "--output", metavar="PATH", type=click.Path(path_type=Path), required=True,
    help="The file; a folder, for formats of several files (html, feedback; gradescope and classroom50 of a class).",
)  # fmt: skip
def export(book_file: Path, name: str, output: Path) -> None:
    """Write the marks of a gradebook in another program's format."""
    from checker.gradebook.gradebook import Gradebook, GradebookError

    try:
        with Gradebook(book_file, only_read=True) as book:
            written = write(book, name, output)
    except GradebookError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wrote {written}.")


def write(book: Gradebook, name: str, output: Path) -> str:
    """Says what was written. Raises ClickException: nothing is."""
    from checker.report import write as whole

    try:
        return whole.write(_files(book, name), output)
    except OSError as error:
        told = f"{output} cannot be written: {error.strerror}; what was begun is removed, and nothing else changed"
        raise click.ClickException(told) from error


def _files(book: Gradebook, name: str) -> dict[str, str]:
    from checker.classroom import classwork
    from checker.report import classroom50, escape, exports

    if name == "leftovers":
        return {"leftovers.csv": escape.table([("submission", "path", "why"), *classwork.leftovers(book)])}
    report = classwork.report(book)
    if name == "classroom50":
        return classroom50.files(report, classroom50.Stamp.of(os.environ))
    return exports.FORMATS[name](report)


@click.command()
@click.argument("target", metavar="GRADEBOOK", type=click.Path(path_type=Path))
@click.argument(
    "others", nargs=-1, required=True, metavar="OTHER...", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.pass_context
def merge(context: click.Context, target: Path, others: tuple[Path, ...]) -> None:
    """Put the results of other gradebooks, such as those of shards, into GRADEBOOK."""
    from checker.classroom import classwork
    from checker.gradebook.gradebook import Gradebook, GradebookError

    try:
        with Gradebook(target) as book:
            for other in others:
                book.merge(other)
            left = len(classwork.todo(book, None))
            verdicts = book.verdicts()
            graded = sum(key in verdicts for _, _, key in book.read_handins())
    except GradebookError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{target}: {graded} attempts are graded, {left} are not.")
    context.exit(common.UNJUDGED if left else common.PASSED)
