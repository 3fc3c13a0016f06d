"""What `checker grade` is given: the course, the roster, what was handed in."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from checker.commands import common
from checker.model.exercise import Exercise
from checker.report import escape

if TYPE_CHECKING:
    from checker.classroom.course import Course
    from checker.classroom.jobs import Programs
    from checker.gradebook.gradebook import Gradebook


NOT_RUN = "what a gradebook names is never run for that alone"
ONE_OF_SEVERAL = (
    "\nNothing was graded, as this is one of several paths. In a class's folder, given as one path, a learner of whom "
    "nothing can be graded is told, and the others are graded."
)


def course(path: Path | None) -> Course | None:
    """The course of --course. Raises UsageError."""
    from checker.classroom import course_file

    if path is None:
        return None
    try:
        return course_file.read(path)
    except course_file.CourseError as error:
        raise click.UsageError(str(error)) from error


def programs(book: Gradebook, course: Course | None, python: str | None) -> Programs:
    """What is to be run, as this command line says it: `course` is that of its --course, `python` its --python.

    Where only the gradebook says it, nothing is: the file may be from anywhere. Raises ClickException.
    """
    from checker.classroom import classwork
    from checker.classroom.jobs import Programs

    asked = python or (course.python if course is not None else "")
    before, counts = book.settings().get("python", ""), course or classwork.course_of(book)
    if before and not asked:
        told = f"attempts in this gradebook ran on another Python: say --python {shlex.quote(escape.line(before))}"
        raise click.ClickException(f"{told}, or --course with a file that names it; {NOT_RUN}")
    if counts.further and course is None:
        told = f"the course of this gradebook has exercises of its own, in {escape.line(', '.join(counts.further))}"
        raise click.ClickException(f"{told}: say --course with its file; {NOT_RUN}")
    found = common.interpreter(asked) if asked else None
    return Programs(interpreter=found, further=counts.further)


def enter(book: Gradebook, paths: tuple[Path, ...], number: str | None, options: dict[str, Any]) -> None:
    """What was handed in, who is in the class, and what was asked for. Raises UsageError."""
    from checker.classroom import classwork, roster
    from checker.classroom.submissions.entries import SubmissionError

    known = common.exercises(options["programs"].further)
    only = common.one(known, number) if number is not None else None
    book.set(**_asked(book, paths, known, only, options))
    counts = classwork.course_of(book)
    if only is not None and only.number not in counts.exercises:
        raise click.UsageError(f"exercise {only.number} is not in the course")
    try:
        if options["roster_file"] is not None:
            _enrol(book, options)
        earlier = _hand_in(book, paths, known, only, options["programs"])
        if options["roster_file"] is not None:
            classwork.date(book, counts.zone, only.number if only is not None else None, earlier)
    except SubmissionError as error:
        raise click.UsageError(f"{error}{ONE_OF_SEVERAL if len(paths) > 1 else ''}") from error
    except (classwork.ClassworkError, roster.RosterError, OSError) as error:
        raise click.UsageError(str(error)) from error


def _enrol(book: Gradebook, options: dict[str, Any]) -> None:
    from checker.classroom import roster
    from checker.gradebook.handins import Ignored

    unusable: list[str] = []
    columns = (options["roster_id"], options["roster_name"], options["roster_email"])
    book.enrol(roster.read(options["roster_file"], *columns, left_out=unusable))
    book.leave_out("the roster", [Ignored(path="a row of the roster", why=why) for why in unusable])


def _hand_in(
    book: Gradebook,
    paths: tuple[Path, ...],
    known: Sequence[Exercise],
    only: Exercise | None,
    programs: Programs,
) -> set[tuple[str, str]]:
    """What has its time from an earlier run."""
    from checker.classroom import classwork
    from checker.classroom.submissions import search
    from checker.gradebook.handins import Ignored

    left_out: dict[Path, list[Ignored]] = {path: [] for path in paths}
    counts = classwork.course_of(book)
    zone = counts.zone if "course" in book.settings() else None
    found = (each for path in paths for each in search.find(path, known, only, left_out[path], zone))
    counted = map(counts.only_counted, found)
    earlier = classwork.enter(book, counted, only.number if only is not None else None, programs)
    for path, ignored in left_out.items():
        book.leave_out(str(path), ignored)
    return earlier


def _asked(
    book: Gradebook,
    paths: tuple[Path, ...],
    known: Sequence[Exercise],
    only: Exercise | None,
    options: dict[str, Any],
) -> dict[str, str]:
    """Settings: what counts is the course, or else everything that was ever asked for."""
    from checker.report.model import Machine

    interpreter = options["programs"].interpreter
    asked = {"machine": msgspec.json.encode(Machine.here(interpreter)).decode()}
    if interpreter is not None:
        asked["python"] = interpreter.asked
    if options["course"] is not None:
        asked["course"] = msgspec.json.encode(options["course"]).decode()
    numbers = {only.number} if only is not None else {number for path in paths for number in _numbers(path, known)}
    before = book.settings()
    earlier = set(before["asked"].split()) if "asked" in before else set()
    asked["asked"] = " ".join(sorted(earlier | numbers))
    if options["due"] is not None:
        asked["due"] = options["due"].replace(tzinfo=UTC).isoformat()
    if options["late_penalty"] is not None:
        asked["late_penalty"] = str(options["late_penalty"])
    return asked


def _numbers(path: Path, known: Sequence[Exercise]) -> list[str]:
    """The exercise whose folder or file this is; all of them, if it is more than that."""
    from checker.classroom.submissions import names

    own = [each.number for each in known if Path(os.path.realpath(path)).name == each.folder.name]
    if path.is_file():
        said = names.flat(path.name, known).exercise
        own = own or ([said.number] if said is not None and names.is_source(path.name) else [])
    return own or [each.number for each in known]
