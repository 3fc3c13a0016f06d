"""The course that a gradebook keeps, compared with the current course.toml."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from checker.report import escape
from checker.report.terminal import printable

if TYPE_CHECKING:
    from checker.classroom.course import Course
    from checker.gradebook.gradebook import Gradebook


def told(book: Gradebook, given: Course | None = None, path: Path | None = None) -> list[str]:
    """A sentence if course.toml differs from the course in the gradebook, which counts. Raises GradebookError.

    `given`, `path`: the course of this command line and its file; by default the file that the gradebook names, if it
    still exists.
    """
    from checker.classroom import classwork, course_file

    settings = book.settings()
    if "course" not in settings:
        return []
    path = path or Path(settings.get("course_file", ""))
    if not _is_there(path):
        return []
    try:
        says = given or course_file.read(path)
    except course_file.CourseError as error:
        return [printable(f"The course that the gradebook keeps counts, as its file has an error by now: {error}")]
    if says == classwork.course_of(book):
        return []
    export = f"checker export GRADEBOOK --course {shlex.quote(str(path))}"
    how = f"`{export}`, or `checker grade`, counts by the file from then on"
    return [printable(f"{path} says otherwise by now than the course that the gradebook keeps, which counts: {how}")]


def _is_there(path: Path) -> bool:
    """Whether there is a file that we may look at: the gradebook may come from somebody whose folders are their own."""
    try:
        return path.is_file()
    except OSError:
        return False


def keep(book: Gradebook, course: Course, path: Path) -> None:
    """Store a course, by which marks count from now on. `path`: its file. Raises UsageError."""
    from checker.classroom import classwork

    new = sorted(course.exercises.keys() - classwork.course_of(book).exercises.keys())
    if new:
        why = f"{path} has exercises that did not count when hand-ins were read: {', '.join(new)}"
        raise click.UsageError(f"{why}; `checker grade` the class with --course, as the gradebook has nothing of them")
    book.set(**settings(course, path))


def settings(course: Course, path: Path) -> dict[str, str]:
    """A gradebook's settings for a course: its content and its file."""
    return {"course": msgspec.json.encode(course).decode(), "course_file": escape.encodable(str(path.absolute()))}
