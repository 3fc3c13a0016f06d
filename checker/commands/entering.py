"""Read what `checker grade` is given: the course, the roster, the submissions."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from checker.commands import common, kept_course
from checker.gradebook.handins import Ignored
from checker.model.exercise import Exercise
from checker.report import escape

if TYPE_CHECKING:
    from checker.classroom.course import Course
    from checker.classroom.jobs import Programs
    from checker.gradebook.gradebook import Gradebook
    from checker.gradebook.handins import Submission
    from checker.report.model import Learner


NOT_RUN = "what a gradebook names is never run for that alone"
ONE_OF_SEVERAL = (
    "\nNothing was graded, as this is one of several paths. In a class's folder, given as one path, a learner of whom "
    "nothing can be graded is told, and the others are graded."
)


@dataclass(frozen=True)
class Asked:
    """What a command line asks for, before any of it is stored."""

    paths: tuple[Path, ...]
    known: Sequence[Exercise]
    only: Exercise | None
    given: dict[str, str]
    """The settings that the command line gives."""
    numbers: set[str]
    """The numbers of the exercises to grade."""
    counts: Course
    """The course, by the command line and the gradebook."""
    has_course: bool
    """Whether there is a course.toml, from this command line or in the gradebook."""


def course(path: Path | None) -> Course | None:
    """Read the course of --course. Raises UsageError."""
    from checker.classroom import course_file

    if path is None:
        return None
    try:
        return course_file.read(path)
    except course_file.CourseError as error:
        raise click.UsageError(str(error)) from error


def programs(book: Gradebook, course: Course | None, python: str | None) -> Programs:
    """The interpreter and further exercises to run, from --course and --python. Raises ClickException.

    What only the gradebook names is never run, as that file may be from anywhere.
    """
    from checker.classroom import classwork
    from checker.classroom.jobs import Programs

    asked = python or (course.python if course is not None else "")
    before, counts = book.settings().get("python", ""), course or classwork.course_of(book)
    if before and not asked:
        message = f"attempts in this gradebook ran on another Python: say --python {shlex.quote(escape.line(before))}"
        raise click.ClickException(f"{message}, or --course with a file that names it; {NOT_RUN}")
    if counts.further and course is None:
        message = f"the course of this gradebook has exercises of its own, in {escape.line(', '.join(counts.further))}"
        raise click.ClickException(f"{message}: say --course with its file; {NOT_RUN}")
    found = common.interpreter(asked) if asked else None
    return Programs(interpreter=found, further=counts.further)


def asked(book: Gradebook, paths: tuple[Path, ...], number: str | None, options: dict[str, Any]) -> Asked:
    """What this command line asks for; nothing is stored yet. Raises UsageError."""
    from checker.classroom import counting

    known = common.exercises(options["programs"].further)
    only = common.one(known, number) if number is not None else None
    numbers = {only.number} if only is not None else {each for path in paths for each in _numbers(path, known)}
    given = _given(options)
    settings = _updated(book.settings(), given, numbers)
    if "course" in settings and not given.keys().isdisjoint(("due", "late_penalty")):
        message = "--due and --late-penalty are for classes without a course, and this gradebook keeps one"
        raise click.UsageError(f"{message}: write them into its file, and say --course")
    return Asked(paths, known, only, given, numbers, counting.course(settings), "course" in settings)


def enter(book: Gradebook, asked: Asked, options: dict[str, Any]) -> None:
    """Store submissions, roster and settings in the gradebook: all of them, or nothing. Raises UsageError.

    Everything is read before anything is written, so that another run that shares the gradebook need not wait.
    """
    from checker.classroom import classwork, roster
    from checker.classroom.submissions.entries import SubmissionError

    only, counts = asked.only.number if asked.only is not None else None, asked.counts
    if only is not None and only not in counts.exercises:
        kept = " that the gradebook keeps: if its file has it by now, say --course" if options["course"] is None else ""
        raise click.UsageError(f"exercise {only} is not in the course{kept}")
    try:
        unusable, chosen = list[str](), list[str]()
        enrolled = _enrolled(options, unusable, chosen)
        left_out: dict[Path, list[Ignored]] = {path: [] for path in asked.paths}
        handed_in = _handed_in(asked, left_out)
        with book.writing():
            book.set(**_updated(book.settings(), asked.given, asked.numbers))
            if enrolled:
                book.enrol(enrolled)
                rows = [Ignored(path="a row of the roster", why=escape.encodable(why)) for why in unusable]
                book.leave_out("the roster", rows)
            earlier = classwork.enter(book, handed_in, only, options["programs"])
            for path, ignored in left_out.items():
                book.leave_out(escape.encodable(str(path)), ignored, only)
            if enrolled:
                classwork.date(book, counts.zone, only, earlier)
            if options["on_github"] and len(book.submissions()) != 1:
                raise click.UsageError("--github is for one submission, and there are several")
        for sentence in chosen:
            click.echo(f"{escape.line(sentence)}.", err=True)
    except SubmissionError as error:
        raise click.UsageError(f"{error}{ONE_OF_SEVERAL if len(asked.paths) > 1 else ''}") from error
    except (classwork.ClassworkError, roster.RosterError, OSError) as error:
        raise click.UsageError(str(error)) from error


def _enrolled(options: dict[str, Any], unusable: list[str], chosen: list[str]) -> list[Learner]:
    """The learners of --roster; none without it.

    Sentences about rows that cannot be used are added to `unusable`, and about the choice of ids to `chosen`.
    """
    from checker.classroom import roster

    if options["roster_file"] is None:
        return []
    columns = (options["roster_id"], options["roster_name"], options["roster_email"])
    return roster.read(options["roster_file"], *columns, left_out=unusable, told=chosen)


def _handed_in(asked: Asked, left_out: dict[Path, list[Ignored]]) -> list[Submission]:
    """The submissions in all paths. Files that were left out are added to `left_out`, by path."""
    from checker.classroom.submissions import search

    zone = asked.counts.zone if asked.has_course else None
    found = (search.find(path, asked.known, asked.only, left_out[path], zone) for path in asked.paths)
    return [asked.counts.only_counted(each) for of_path in found for each in of_path]


def _given(options: dict[str, Any]) -> dict[str, str]:
    """The settings that this command line gives."""
    from checker.report.model import Machine

    interpreter = options["programs"].interpreter
    given = {"machine": msgspec.json.encode(Machine.here(interpreter)).decode()}
    if interpreter is not None:
        given["python"] = interpreter.asked
    if options["course"] is not None:
        given |= kept_course.settings(options["course"], options["course_file"])
    if options["due"] is not None:
        given["due"] = options["due"].replace(tzinfo=UTC).isoformat()
    if options["late_penalty"] is not None:
        given["late_penalty"] = str(options["late_penalty"])
    return given


def due_of_all(book: Gradebook, asked: Asked) -> list[str]:
    """A sentence if the due date now holds for other exercises too. `book`: before anything is stored."""
    before = book.settings()
    others, due = {*before.get("asked", "").split()}, asked.given.get("due", before.get("due"))
    also = others - asked.numbers if due != before.get("due") else asked.numbers - others
    if asked.has_course or due is None or not others or not also:
        return []
    numbers = ", ".join(sorted(others | asked.numbers))
    message = f"All exercises in this gradebook have one date, {due} ({numbers}), and what is late is late by that"
    return [f"{message}; for a date of each, write a course (`checker new-course`)"]


def _updated(settings: dict[str, str], given: dict[str, str], numbers: set[str]) -> dict[str, str]:
    """The gradebook's settings, updated. Without a course, every exercise that was ever asked for counts."""
    asked = " ".join(sorted({*settings.get("asked", "").split(), *numbers}))
    return settings | given | {"asked": asked}


def _numbers(path: Path, known: Sequence[Exercise]) -> list[str]:
    """The number of the exercise whose folder or file this is; of all exercises for any other path."""
    from checker.classroom.submissions import names

    own = [each.number for each in known if Path(os.path.realpath(path)).name == each.folder.name]
    if path.is_file():
        meant = names.flat(path.name, known).exercise
        own = own or ([meant.number] if meant is not None and names.is_source(path.name) else [])
    return own or [each.number for each in known]
