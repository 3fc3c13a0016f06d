"""`checker template`, `checker gradescope` and `checker new-course`: what instructors hand out, upload or edit."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import common

if TYPE_CHECKING:
    from checker.classroom.course import Course

PACKAGE_HELP = "What pip installs to grade; pin a version.  [default: a wheel of this checkout, else this version]"


def _course(_context: click.Context, _option: click.Parameter, value: Path | None) -> tuple[Path, Course] | None:
    """The path of --course and its content. Raises BadParameter if it is invalid."""
    from checker.classroom import course_file

    if value is None:
        return None
    try:
        return value, course_file.read(value)
    except course_file.CourseError as error:
        raise click.BadParameter(str(error)) from error


def _timezone(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """The name of a time zone. Raises BadParameter if there is none, as everything that reads the course would."""
    from checker.classroom.course import NO_ZONE, Course

    try:
        Course(timezone=value).zone  # noqa: B018  (read here, where it can be told what is wrong)
    except NO_ZONE as error:
        raise click.BadParameter(f"{value!r} is no time zone; expected one like Europe/Berlin") from error
    return value


numbers_option = click.option(
    "--exercise", "numbers", metavar="NN", multiple=True, help="Only this exercise; may be said again."
)
package_option = click.option("--package", metavar="REQUIREMENT", help=PACKAGE_HELP)
course_option = click.option(
    "--course",
    metavar="FILE",
    type=common.A_FILE,
    callback=_course,
    help="What counts; `checker new-course` writes one.",
)


@contextmanager
def _wheel(package: str | None) -> Iterator[Path | None]:
    """A wheel of this checkout, as an index may not have it yet; None in an installed copy, or with `package`."""
    from checker.authoring import template

    root = template.checkout() if package is None else None
    if root is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        yield template.build_wheel(root, Path(folder))


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@numbers_option
@course_option
@package_option
def template(folder: Path, numbers: tuple[str, ...], course: tuple[Path, Course] | None, package: str | None) -> None:
    """Write a repository for learners into DIR: exercises without solutions, and a workflow that grades pushes.

    It grades with the installed checks, so that changed checks change no mark. Needs nothing but GitHub Actions.
    """
    from checker.authoring import template
    from checker.classroom.course_file import CourseError

    if course is not None and numbers:
        raise click.UsageError("--exercise is for a template without a course: the course says which there are")
    known = common.exercises(course[1].further if course is not None else ())
    counted = [each for each in known if course is None or each.number in course[1].exercises]
    chosen = [common.one(known, number) for number in numbers] or counted
    try:
        carried = template.carried(*course, solutions=False) if course is not None else None
        with common.writing(folder), _wheel(package) as wheel:
            template.write(folder, chosen, package or template.PACKAGE, wheel, carried)
    except (template.TemplateError, CourseError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wrote {len(chosen)} exercises to {folder}. Make it a repository on GitHub, and mark it as a template.")


@click.command()
@click.argument("archive", metavar="FILE.zip", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--exercise", "number", metavar="NN", help="The exercise that is handed in, as attempt.py.")
@click.option(
    "--require-isolation", "isolation", type=common.A_LEVEL, default="landlock", show_default=True,
    help="Grade nothing unless attempts are isolated at least like this.",
)  # fmt: skip
@course_option
@package_option
def gradescope(
    archive: Path, number: str | None, isolation: str, course: tuple[Path, Course] | None, package: str | None
) -> None:
    """Write an autograder archive for Gradescope.

    With --exercise, learners hand in one attempt.py. Without, they hand in a repository with an exercises/ folder.
    """
    from checker.authoring import template

    known = common.exercises(course[1].further if course is not None else ())
    exercise = common.one(known, number) if number is not None else None
    if exercise is not None and course is not None and exercise.number not in course[1].exercises:
        raise click.UsageError(f"exercise {exercise.number} is not in {course[0]}: it would refuse every hand-in")
    try:
        carried = template.carried(*course, solutions=True) if course is not None else None
        with common.writing(archive), _wheel(package) as wheel:
            template.gradescope(archive, exercise, package or template.PACKAGE, wheel, carried, isolation)
    except template.TemplateError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wrote {archive}. Upload it to Gradescope as the autograder; 2 CPUs are the least that it needs.")


@click.command(name="new-course")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@numbers_option
@click.option(
    "--timezone", default="UTC", show_default=True, callback=_timezone, help="Of its dates, such as Europe/Berlin."
)
def new_course(file: Path, numbers: tuple[str, ...], timezone: str) -> None:
    """Write a course.toml, which says what counts: exercises, weights, dates, lateness. Change it as you like."""
    from checker.classroom import course_file

    known = common.exercises()
    chosen = [common.one(known, number) for number in numbers] or known
    with common.writing(file), file.open("x", encoding="utf-8") as new:
        new.write(course_file.new(chosen, timezone))
    grade = f"checker grade --course {shlex.quote(str(file))}"
    click.echo(f"Wrote {file} with {len(chosen)} exercises. `{grade}` reads it.")
