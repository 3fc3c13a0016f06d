"""The `checker` command: parses, wires, picks the exit code."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from checker import __version__, catalog
from checker.model import Exercise, Verdict

PASSED, FAILED, USAGE, UNJUDGED = 0, 1, 2, 3


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="concurrency-kata")
def main() -> None:
    """Concurrency Kata: exercises in Python concurrency, and honest marks for them.

    Learners mostly need pytest: `pytest exercises/03` checks your exercises/03_pooled_downloads/attempt.py.
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--exercise", "number", metavar="NN", help="The exercise to grade; needed when PATH is a file.")
@click.option("--json", "json_file", metavar="FILE", help="Write the results as JSON; - for standard output.")
@click.pass_context
def grade(context: click.Context, paths: tuple[Path, ...], number: str | None, json_file: str | None) -> None:
    """Grade attempts with the checker's own checks, whatever checks lie beside them.

    PATH is an attempt file (then say --exercise NN), an exercise folder, a repository with an exercises/
    folder, or a folder of such repositories, one per learner.

    Exit code: 0 all passed, 1 something failed, 2 wrong usage, 3 nothing failed but something could not be judged.
    """
    from checker import grade, submissions
    from checker.report import json, table
    from checker.report.model import Machine, Report, SubmissionResult

    exercises = _exercises()
    only = _one(exercises, number) if number is not None else None
    try:
        found = [submission for path in paths for submission in submissions.find(path, exercises, only)]
        output = click.open_file(json_file, "w", encoding="utf-8", lazy=False) if json_file else None
    except (submissions.SubmissionError, OSError) as error:
        raise click.UsageError(str(error)) from error
    errors = Console(stderr=True)
    with grade.Grader(catalog.own_solutions()) as grader:
        results = [
            SubmissionResult(
                submission=submission.name,
                exercises=[grader.grade(exercise, file) for exercise, file in submission.attempts],
            )
            for submission in track(found, "Grading", console=errors, transient=True, disable=not errors.is_terminal)
        ]
    report = Report(machine=Machine.here(), submissions=results)
    if output is not None:
        with output:
            output.write(json.render(report))
    if json_file != "-":
        Console().print(table.render(report))
    context.exit(_exit_code(report.verdicts))


def _exit_code(verdicts: list[Verdict]) -> int:
    if Verdict.FAILED in verdicts:
        return FAILED
    return PASSED if all(verdict is Verdict.PASSED for verdict in verdicts) else UNJUDGED


@main.command(name="list")
def list_exercises() -> None:
    """List the exercises, and how far you are with each."""
    from checker.report import overview

    root = Path("exercises") if catalog.folders(Path("exercises")) else catalog.own_exercises()
    Console().print(overview.render(_load(root), overview.statuses(root)))


@main.command()
@click.argument(
    "folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="[FOLDER]..."
)
@click.option("--run/--no-run", default=True, help="Also grade each stub and each solution (takes a while).")
@click.pass_context
def lint(context: click.Context, folders: tuple[Path, ...], run: bool) -> None:
    """Check the exercises themselves (for authors). FOLDER: only these exercise folders."""
    from checker import lint

    problems = 0
    for folder in folders or tuple(catalog.folders(catalog.own_exercises())):
        for problem in lint.problems(folder.resolve(), run):
            problems += 1
            click.echo(problem)
    if problems == 0:
        click.echo("No problems found.")
    context.exit(FAILED if problems else PASSED)


def _exercises() -> list[Exercise]:
    return _load(catalog.own_exercises())


def _load(root: Path) -> list[Exercise]:
    try:
        return catalog.load_all(root)
    except catalog.CatalogError as error:
        raise click.ClickException(str(error)) from error


def _one(exercises: list[Exercise], name: str) -> Exercise:
    try:
        folder = catalog.resolve(catalog.own_exercises(), name)
    except catalog.CatalogError as error:
        raise click.UsageError(str(error)) from error
    return next(exercise for exercise in exercises if exercise.folder == folder)
