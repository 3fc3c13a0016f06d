"""`checker template` and `checker gradescope`: what an instructor hands out, or uploads."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands import common

PACKAGE_HELP = "What pip installs to grade; pin a version.  [default: this version of the checker]"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--exercise", "numbers", metavar="NN", multiple=True, help="Only this exercise; may be said again.")
@click.option("--package", metavar="REQUIREMENT", help=PACKAGE_HELP)
def template(folder: Path, numbers: tuple[str, ...], package: str | None) -> None:
    """Write a repository for learners into DIR: exercises without solutions, and a workflow that grades pushes.

    It grades with the installed checks, so that changed checks change no mark. Needs nothing but GitHub Actions.
    """
    from checker.authoring import template

    known = common.exercises()
    chosen = [common.one(known, number) for number in numbers] or known
    try:
        template.write(folder, chosen, package or template.PACKAGE)
    except (template.TemplateError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wrote {len(chosen)} exercises to {folder}. Make it a repository on GitHub, and mark it as a template.")


@click.command()
@click.argument("archive", metavar="FILE.zip", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--exercise", "number", metavar="NN", help="The exercise that is handed in, as attempt.py.")
@click.option("--package", metavar="REQUIREMENT", help=PACKAGE_HELP)
def gradescope(archive: Path, number: str | None, package: str | None) -> None:
    """Write an autograder archive for Gradescope.

    With --exercise, learners hand in one attempt.py. Without, they hand in a repository with an exercises/ folder.
    """
    from checker.authoring import template

    exercise = common.one(common.exercises(), number) if number is not None else None
    try:
        template.gradescope(archive, exercise, package or template.PACKAGE)
    except OSError as error:
        raise click.ClickException(f"{archive} cannot be written: {error.strerror}") from error
    click.echo(f"Wrote {archive}. Upload it to Gradescope as the autograder; 2 CPUs are the least that it needs.")


@click.command(name="new-course")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--exercise", "numbers", metavar="NN", multiple=True, help="Only this exercise; may be said again.")
@click.option("--timezone", default="UTC", show_default=True, help="Of its dates, such as Europe/Berlin.")
def new_course(file: Path, numbers: tuple[str, ...], timezone: str) -> None:
    """Write a course.toml, which says what counts: exercises, weights, dates, lateness. Change it as you like."""
    from checker.classroom import course_file

    known = common.exercises()
    chosen = [common.one(known, number) for number in numbers] or known
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(course_file.new(chosen, timezone))
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from error
    click.echo(f"Wrote {file} with {len(chosen)} exercises. `checker grade --course {file}` reads it.")
