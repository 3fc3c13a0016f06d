"""`checker grade`: one attempt, or a class."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from checker.commands import books, common, kept_course, step
from checker.report import write

if TYPE_CHECKING:
    from checker.classroom.schedule import Machines
    from checker.gradebook.gradebook import Gradebook
    from checker.process.isolation import Level
    from checker.report.model import Report

SHOWN_ROWS = 60
"""A longer table is only summed up."""
SHOWN_LINES = 100
"""Lines about what a person should look at."""


def _shard(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", value)
    number, parts = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= parts:
        raise click.BadParameter(f"expected I/N, such as 2/8 for the second of eight parts, and got {value!r}")
    return number, parts


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--exercise", "number", metavar="NN", help="The exercise to grade; needed when PATH is a file.")
@click.option("--json", "json_file", metavar="FILE", help="Write the results as JSON; - for standard output.")
@click.option(
    "--gradebook", "book_file", metavar="FILE", type=click.Path(path_type=Path),
    help="Keep every result in this file, and go on where an earlier run ended.",
)  # fmt: skip
@click.option(
    "--regrade", type=click.Choice(["inconclusive", "error", "all"]),
    help="Grade again what has such a verdict in the gradebook; the earlier results stay in its history.",
)  # fmt: skip
@common.PYTHON
@click.option("--jobs", type=click.IntRange(1, 512), help="Attempts to grade at a time.  [default: 4 for each core]")
@click.option("--shard", default="1/1", callback=_shard, metavar="I/N", help="Grade only the I-th of N parts.")
@click.option("--scheduler", metavar="ADDRESS", help="Grade on the Dask cluster with this scheduler.")
@click.option(
    "--roster", "roster_file", metavar="CSV", type=common.A_FILE,
    help="Who is in the class; says who handed in nothing.",
)  # fmt: skip
@click.option(
    "--course", "course_file", metavar="FILE", type=common.A_FILE,
    help="What counts: exercises, weights, dates; `checker new-course` writes one. The gradebook keeps it.",
)  # fmt: skip
@click.option(
    "--require-isolation", type=common.A_LEVEL, default="process", show_default=True,
    help="Grade nothing unless attempts are isolated at least like this; docs/security.md says what each promises.",
)  # fmt: skip
@click.option("--roster-id", metavar="COLUMN", help="The roster's column with ids.  [default: found by its name]")
@click.option("--roster-name", metavar="COLUMN", help="... with names.")
@click.option("--roster-email", metavar="COLUMN", help="... with e-mail addresses.")
@click.option(
    "--due", type=click.DateTime(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d"]),
    help="When it was due, UTC. What is late is marked; no score changes.",
)  # fmt: skip
@click.option(
    "--late-penalty", type=click.FloatRange(0, 1), metavar="SHARE",
    help="Share of the points per late day, kept beside the score.",
)  # fmt: skip
@click.option(
    "--export", "exports", type=(click.Choice(books.FORMAT_NAMES), click.Path(path_type=Path)), multiple=True,
    metavar="FORMAT PATH", help="Also write the marks in this format, as `checker export` would; may be said again.",
)  # fmt: skip
@click.option(
    "--github", "on_github", is_flag=True,
    help="In GitHub Actions: a summary, annotations, the points as `earned` and `missed`.",
)  # fmt: skip
@click.pass_context
def grade(
    context: click.Context,
    /,
    paths: tuple[Path, ...],
    number: str | None,
    json_file: str | None,
    book_file: Path | None,
    **options: Any,
) -> None:
    """Grade attempts with the checker's own checks, whatever checks lie beside them.

    PATH is an attempt file (then say --exercise NN), an exercise folder, a repository with an exercises/
    folder, a folder of such repositories, or what a learning platform lets you download: a Moodle or Canvas
    archive, a folder of files like alice_03.py.

    Exit code: 0 all passed, 1 something failed, 2 wrong usage, 3 nothing failed but something could not be judged.
    """
    from checker.classroom import attention, classwork
    from checker.commands import entering
    from checker.process import scratch
    from checker.report import json

    context.with_resource(scratch.own())
    _check_options(options, json_file)
    with step.without_commands(context, options["on_github"]) as commands:
        _prepare(options)
        with common.gradebook(book_file) as book:
            options["programs"] = entering.programs(book, options["course"], options["python"])
            _enter(book, paths, number, options, commands)
            _grade(book, options)
            report = classwork.report(book)
            if json_file is not None:
                _write_json(json_file, json.render(report))
            for name, path in options["exports"]:
                click.echo(f"Wrote {books.write(book, [name], path)}.", err=True)
            if json_file != "-":
                _show(report, attention.lines(book, report))
            if options["on_github"]:
                commands += step.graded(report)
    context.exit(common.exit_code(report.verdicts))


def _prepare(options: dict[str, Any]) -> None:
    """Read the course of --course, and check that the isolation that is required is there. Raises ClickException."""
    from checker.commands import entering
    from checker.process import isolation

    options["course"] = entering.course(options["course_file"])
    try:
        isolation.required(_required_level(options))
    except isolation.IsolationError as error:
        raise click.ClickException(str(error)) from error


def _enter(
    book: Gradebook, paths: tuple[Path, ...], number: str | None, options: dict[str, Any], commands: list[str]
) -> None:
    """Read and store what was handed in. Raises UsageError; on GitHub, a result is written even then, as the reporter
    needs one.
    """
    from checker.classroom import classwork
    from checker.commands import entering

    counts = classwork.course_of(book)
    try:
        asked = entering.asked(book, paths, number, options)
        counts = asked.counts
        sentences = entering.due_of_all(book, asked)
        entering.enter(book, asked, options)
    except click.UsageError as error:
        if options["on_github"]:
            commands += step.failed(counts, error.message)
        raise
    for sentence in [*sentences, *kept_course.told(book)]:
        click.echo(f"{sentence}.", err=True)


def _check_options(options: dict[str, Any], json_file: str | None) -> None:
    """Check the options before the long work. (An earlier JSON file stays until it is replaced.) Raises UsageError."""
    if options["course_file"] is not None and (options["due"] is not None or options["late_penalty"] is not None):
        raise click.UsageError("--due and --late-penalty are for classes without a course: write them into that file")
    if options["on_github"] and json_file == "-":
        raise click.UsageError("--github tells the runner on standard output what it found: give --json a file")
    if options["on_github"] and not all(os.environ.get(name) for name in step.FILES):
        raise click.UsageError(f"--github is for a step of GitHub Actions, where {' and '.join(step.FILES)} are set")
    try:
        if json_file is not None and _is_a_file(json_file):
            write.look_before(Path(json_file))
    except OSError as error:
        raise click.UsageError(f"--json {json_file}: {error.strerror}") from error
    for name, path in options["exports"]:
        try:
            write.look_before_export(path)
        except OSError as error:
            raise click.UsageError(f"--export {name} {path}: {error.strerror}") from error


def _is_a_file(json_file: str) -> bool:
    """Whether the target is or will be a regular file, which is replaced: not standard output, a pipe or a device."""
    path = Path(json_file)
    return json_file != "-" and (path.is_file() or path.is_dir() or not path.exists())


def _write_json(json_file: str, text: str) -> None:
    """Write the results to a file, a device or standard output. Raises ClickException."""
    if _is_a_file(json_file):
        books.written([("report.json", text)], Path(json_file).resolve())
        return
    with common.writing(Path(json_file)), click.open_file(json_file, "w", encoding="utf-8") as file:
        print(text, end="", file=file)


def _grade(book: Gradebook, options: dict[str, Any]) -> None:
    """Grade what has no result yet. After Ctrl-C, the results so far are kept."""
    from checker.classroom import classwork, fleet, regrading
    from checker.commands.progress import View

    wanted = classwork.todo(book, options["regrade"], options["shard"], options["programs"])
    if options["regrade"] is not None:
        wanted, goes_on = regrading.left(book, options["regrade"], wanted)
        if goes_on:
            message = f"Goes on with the --regrade {options['regrade']} that was interrupted: {len(wanted)} are left"
            click.echo(f"{message}. Say it again afterwards to grade all of them anew.", err=True)
    everything = {key for _, _, key in classwork.counted(book)}
    with View(Console(stderr=True), len(everything), len(everything) - len(wanted)) as view:
        if wanted:
            try:
                machines = _machines(options, len(wanted))
                classwork.grade(book, wanted, machines, view.finished, options["programs"])
            except fleet.FleetError as error:
                raise click.ClickException(str(error)) from error
    if options["regrade"] is not None:
        regrading.done(book, options["regrade"])


def _machines(options: dict[str, Any], number: int) -> Machines:
    from checker.classroom import fleet, schedule

    if options["scheduler"] is not None:
        return fleet.Fleet(options["scheduler"], _required_level(options), options["programs"].interpreter)
    return schedule.Here(options["jobs"], number)


def _required_level(options: dict[str, Any]) -> Level:
    """The stronger of the levels that the command line and the course require."""
    from checker.process.isolation import Level

    asked, course = Level(options["require_isolation"]), options["course"]
    return course.isolation if course is not None and course.isolation.reaches(asked) else asked


def _show(report: Report, attention: list[str]) -> None:
    _show_table(report)
    _show_lines(attention)


def _show_table(report: Report) -> None:
    from checker.process import isolation
    from checker.report import sheet, table

    console, results = Console(), table.render(report)
    if results.row_count <= SHOWN_ROWS:
        console.print(results)
    else:
        words = [sheet.word(result) for submission in report.submissions for result in submission.exercises]
        counts = ", ".join(f"{words.count(word)} {word}" for word in sorted(set(words)))
        console.print(f"{len(report.submissions)} submissions, {len(report.exercises)} exercises: {counts}")
    found = isolation.best()
    isolated = f"Isolation: {found.level}. {found.why}".strip()
    console.print(f"Attempts: {report.machine.attempts}. {isolated}", markup=False, highlight=False)


def _show_lines(attention: list[str]) -> None:
    """What a person should look at, and how many lines are not shown."""
    console = Console()
    for line in attention[:SHOWN_LINES]:
        console.print(line, markup=False, highlight=False)
    if len(attention) > SHOWN_LINES:
        message = "`checker export class.db --format leftovers` lists everything that was not taken, with its reason"
        console.print(f"... and {len(attention) - SHOWN_LINES} more lines: {message}.", markup=False, highlight=False)
