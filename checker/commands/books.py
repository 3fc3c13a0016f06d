"""`checker export` and `checker merge`: write the marks of gradebooks in other formats, and merge gradebooks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import common, entering, kept_course
from checker.report.terminal import printable

if TYPE_CHECKING:
    from checker.gradebook.gradebook import Gradebook
    from checker.report.model import Report

FORMAT_NAMES = (
    "csv", "canvas", "moodle", "gradescope", "junit", "classroom50", "json", "html", "feedback", "items", "history",
    "similar", "leftovers",
)  # fmt: skip
PAGES = {
    "html": ("learner-*.html", "exercise-*.html"),
    "feedback": ("*.md", "*.html"),
    "gradescope": ("*/results.json",),
    "classroom50": ("*/result.json",),
}
"""Formats of several files, and how these are called. Exported together with others, each format gets a folder of its
own. An earlier export leaves files of learners who have gone or changed their names since."""
ALL = "all"


@click.command()
@click.argument("book_file", metavar="GRADEBOOK", type=common.A_FILE)
@click.option(
    "--format", "names", type=click.Choice([*FORMAT_NAMES, ALL]), multiple=True, required=True,
    help="What reads it; may be said again.",
)  # fmt: skip
@click.option(
    "--output", metavar="PATH", type=click.Path(path_type=Path),
    help="The file; a folder, for several formats, and for those of several files (html, feedback; gradescope and "
    "classroom50 of a class).  [default: print it, if it is one file]",
)  # fmt: skip
@click.option(
    "--course", "course_file", metavar="FILE", type=common.A_FILE,
    help="What counts from now on, where the file was changed since `checker grade`: the gradebook keeps it.",
)  # fmt: skip
def export(book_file: Path, names: tuple[str, ...], output: Path | None, course_file: Path | None) -> None:
    """Write the marks of a gradebook in other programs' formats."""
    wanted = FORMAT_NAMES if ALL in names else tuple(dict.fromkeys(names))
    if output is None and (len(wanted) > 1 or wanted[0] in PAGES):
        raise click.UsageError("these are several files: say with --output where their folder is to be")
    course = entering.course(course_file)
    with common.gradebook(book_file, only_read=course is None) as book:
        if course is not None and course_file is not None:
            kept_course.keep(book, course, course_file)
        for sentence in kept_course.told(book):
            click.echo(f"{sentence}.", err=True)
        if output is None:
            ((_, text),) = _files(book, wanted)
            click.echo(text, nl=False)
        else:
            click.echo(f"Wrote {write(book, wanted, output)}.")


def write(book: Gradebook, names: Sequence[str], output: Path) -> str:
    """Write the exports; returns what was written, and files there that look like those of an earlier export.

    Raises ClickException: nothing is written.
    """
    from checker.classroom import telling

    made: set[Path] = set()

    def noted() -> Iterator[tuple[str, str]]:
        for path, text in _files(book, names):
            made.add(output / path)
            yield path, text

    wrote = written(noted(), output)
    folders = {name: output / name if len(names) > 1 else output for name in names if name in PAGES}
    there = {path for name, folder in folders.items() for pattern in PAGES[name] for path in folder.glob(pattern)}
    others = sorted(str(each.relative_to(output)) for each in there - made)
    if not others:
        return wrote
    return f"{wrote}; not of this export, maybe of an earlier one: {printable(telling.listed(others))}"


def written(files: Iterable[tuple[str, str]], output: Path) -> str:
    """Write files, given by path and text; returns what was written. Raises ClickException: nothing is written."""
    from checker.report import write as whole

    try:
        return whole.write(files, output)
    except OSError as error:
        message = f"{output} cannot be written: {error.strerror}; what was begun is removed, and nothing else changed"
        raise click.ClickException(message) from error


def _files(book: Gradebook, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The files of all formats, by path and text. Prints what is left out of them to standard error."""
    from checker.classroom import accommodations, classwork
    from checker.report import exports

    report = classwork.report(book)
    for sentence in report.unmeant:
        click.echo(f"{accommodations.COURSE}: {printable(sentence)}.", err=True)
    for name in names:
        for sentence in exports.LEFT_OUT[name](report) if name in exports.LEFT_OUT else ():
            click.echo(f"{name}: {sentence}.", err=True)
        below = f"{name}/" if len(names) > 1 and name in PAGES else ""
        for path, text in _format(report, name).items():
            yield f"{below}{path}", text


def _format(report: Report, name: str) -> Mapping[str, str]:
    from checker.report import classroom50, exports

    if name == "classroom50":
        return classroom50.files(report, classroom50.Stamp.of(os.environ))
    return exports.FORMATS[name](report)


@click.command()
@click.argument("target", metavar="GRADEBOOK", type=click.Path(path_type=Path))
@click.argument("others", nargs=-1, required=True, metavar="OTHER...", type=common.A_FILE)
@click.pass_context
def merge(context: click.Context, target: Path, others: tuple[Path, ...]) -> None:
    """Put the results of other gradebooks, such as those of shards, into GRADEBOOK."""
    from checker.classroom import classwork, telling

    with common.gradebook(target) as book:
        told = [line for each in others for line in telling.merged(classwork.take(book, each), each.name)]
        verdicts, keys = book.verdicts(), [key for _, _, key in classwork.counted(book)]
        left = len(set(keys) - verdicts.keys())
        graded = sum(key in verdicts for key in keys)
    for line in [*told, f"{target}: {graded} attempts are graded, {left} are not."]:
        click.echo(line)
    context.exit(common.UNJUDGED if left else common.PASSED)
