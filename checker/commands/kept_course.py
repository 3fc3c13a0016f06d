"""The course that a gradebook keeps, and what its file says by now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from checker.report.terminal import printable

if TYPE_CHECKING:
    from checker.classroom.course import Course
    from checker.gradebook.gradebook import Gradebook


def told(book: Gradebook, given: Course | None = None, path: Path | None = None) -> list[str]:
    """A sentence, if a course.toml says otherwise than what the gradebook keeps, by which marks count. Raises
    GradebookError.

    `given`, `path`: that of this command line; else the one that the gradebook was told last, if it is still there.
    """
    from checker.classroom import classwork, course_file

    settings = book.settings()
    if "course" not in settings:
        return []
    path = path or Path(settings.get("course_file", ""))
    if not path.is_file():
        return []
    try:
        says = given or course_file.read(path)
    except course_file.CourseError as error:
        return [printable(f"The course that the gradebook keeps counts, as its file has an error by now: {error}")]
    if says == classwork.course_of(book):
        return []
    how = f"`checker export GRADEBOOK --course {path}`, or `checker grade`, counts by the file from then on"
    return [printable(f"{path} says otherwise by now than the course that the gradebook keeps, which counts: {how}")]


def keep(book: Gradebook, course: Course, path: Path) -> None:
    """From now on, marks count by this course, which is of the file at `path`. Raises UsageError."""
    from checker.classroom import classwork

    new = sorted(course.exercises.keys() - classwork.course_of(book).exercises.keys())
    if new:
        told = f"{path} has exercises that did not count when hand-ins were read: {', '.join(new)}"
        raise click.UsageError(f"{told}; `checker grade` the class with --course, as the gradebook has nothing of them")
    book.set(**settings(course, path))


def settings(course: Course, path: Path) -> dict[str, str]:
    """What a gradebook keeps of a course.toml: what counts, and where that was written."""
    return {"course": msgspec.json.encode(course).decode(), "course_file": str(path.absolute())}
