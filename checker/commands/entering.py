"""What `checker grade` is given: the course, the roster, what was handed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from checker.commands import common
from checker.model.exercise import Exercise

if TYPE_CHECKING:
    from checker.classroom.course import Course
    from checker.gradebook.gradebook import Gradebook
    from checker.model.interpreter import Interpreter


def course(options: dict[str, Any]) -> Course | None:
    """The course of --course. Raises UsageError."""
    from checker.classroom import course_file

    path = options["course_file"]
    if path is None:
        return None
    if options["due"] is not None or options["late_penalty"] is not None:
        raise click.UsageError("--due and --late-penalty are for classes without a course: write them into that file")
    try:
        return course_file.read(path)
    except course_file.CourseError as error:
        raise click.UsageError(str(error)) from error


def interpreter(book: Gradebook, asked: str = "") -> Interpreter | None:
    """What attempts run on: as was asked now, or for this gradebook before; None: the grader's own.

    The gradebook keeps it. Raises ClickException.
    """
    asked = asked or book.settings().get("python", "")
    if not asked:
        return None
    found = common.interpreter(asked)
    book.set(python=asked)
    return found


def enter(book: Gradebook, paths: tuple[Path, ...], number: str | None, options: dict[str, Any]) -> None:
    """What was handed in, who is in the class, and what was asked for. Raises UsageError."""
    from checker.classroom import classwork, roster
    from checker.classroom.submissions.entries import SubmissionError

    known = common.exercises((options["course"] or classwork.course_of(book)).further)
    only = common.one(known, number) if number is not None else None
    book.set(**_asked(book, paths, known, only, options))
    counts = classwork.course_of(book)
    if only is not None and only.number not in counts.exercises:
        raise click.UsageError(f"exercise {only.number} is not in the course")
    try:
        if options["roster_file"] is not None:
            _enrol(book, options)
        _hand_in(book, paths, known, only, options["interpreter"])
        if options["roster_file"] is not None:
            classwork.date(book, counts.zone, only.number if only is not None else None)
    except (SubmissionError, classwork.ClassworkError, roster.RosterError, OSError) as error:
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
    interpreter: Interpreter | None,
) -> None:
    from checker.classroom import classwork
    from checker.classroom.submissions import search
    from checker.gradebook.handins import Ignored

    left_out: dict[Path, list[Ignored]] = {path: [] for path in paths}
    counts = classwork.course_of(book)
    zone = counts.zone if "course" in book.settings() else None
    found = (each for path in paths for each in search.find(path, known, only, left_out[path], zone))
    counted = map(counts.only_counted, found)
    classwork.enter(book, counted, only.number if only is not None else None, interpreter)
    for path, ignored in left_out.items():
        book.leave_out(str(path), ignored)


def _asked(
    book: Gradebook,
    paths: tuple[Path, ...],
    known: Sequence[Exercise],
    only: Exercise | None,
    options: dict[str, Any],
) -> dict[str, str]:
    """Settings: what counts is the course, or else everything that was ever asked for."""
    from checker.report.model import Machine

    asked = {"machine": msgspec.json.encode(Machine.here(options["interpreter"])).decode()}
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

    own = [each.number for each in known if path.resolve().name == each.folder.name]
    if path.is_file():
        said = names.flat(path.name, known).exercise
        own = own or ([said.number] if said is not None and names.is_source(path.name) else [])
    return own or [each.number for each in known]
