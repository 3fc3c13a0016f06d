"""course.toml: read strictly, with errors that name the line; and a new one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

import msgspec

from checker import catalog
from checker.catalog import CHECKS, CatalogError
from checker.classroom.course import NO_ZONE, Course, Decided, Excused, Extension, Plan
from checker.model.exercise import Exercise

PLACE = re.compile(r"(?P<said>.*?)(?: - at `\$(?P<path>[^`]*)`)?", re.DOTALL)
UNKNOWN = re.compile(r"unknown field `([^`]+)`")
STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
NUMBER = re.compile(r"\d\d")
OF_PEOPLE = ("extensions", "excused", "decided", "owners")
PERSONAL = re.compile(rf"\s*\[\[\s*({'|'.join(OF_PEOPLE)})\s*\]\]")
ENCODING = "utf-8-sig"
"""Some editors on Windows put a mark before UTF-8."""
T = TypeVar("T", Course, Plan)


class CourseError(Exception):
    """course.toml is not right; the message names the line, and says what to do."""


@dataclass(frozen=True)
class _File:
    """course.toml as it is written."""

    path: Path
    text: str

    def refuse(self, steps: Sequence[str], said: str) -> NoReturn:
        """Raises CourseError. `steps`: the keys that lead to what is not right."""
        where = ".".join(steps)
        raise CourseError(f"{self.path}, line {_line(self.text, steps)}: {where + ': ' if where else ''}{said}")


def read(path: Path) -> Course:
    """Raises CourseError."""
    try:
        text = path.read_bytes().decode(ENCODING)
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{path} is not a text in UTF-8") from error
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path} is not TOML: {error}") from error
    file, plans = _File(path, text), written.get("exercises")
    for number, plan in plans.items() if isinstance(plans, dict) else ():
        if not NUMBER.fullmatch(number):
            file.refuse(["exercises", number], "expected the number of an exercise, such as 03")
        _converted(file, plan, Plan, ["exercises", number])
    course = _converted(file, written, Course, [])
    roots = _own_exercises(file, course)
    try:
        known = {each.number: each for each in catalog.known(roots)}
    except CatalogError as error:
        raise CourseError(f"{path}: {error}") from error
    _check(file, course, known)
    return msgspec.structs.replace(course, own_exercises=[str(root) for root in roots])


def for_learners(path: Path) -> bytes:
    """The file without what it says of single people, and without lines of comments. Raises CourseError."""
    text, kept, left_out = path.read_text(ENCODING), [], False
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith("["):
            left_out = PERSONAL.match(line) is not None
        if not left_out and not line.lstrip().startswith("#"):
            kept.append(line)
    shown = "".join(kept)
    of_all = {name: said for name, said in tomllib.loads(text).items() if name not in OF_PEOPLE}
    try:
        is_whole = tomllib.loads(shown) == of_all
    except tomllib.TOMLDecodeError:
        is_whole = False
    if not is_whole:
        raise CourseError(f"{path}: learners must not read {', '.join(OF_PEOPLE)}: write each as a table, [[excused]]")
    return shown.encode()


def _own_exercises(file: _File, course: Course) -> list[Path]:
    """The folders of the instructor's own exercises. Raises CourseError."""
    around = file.path.resolve().parent
    roots = []
    for at, name in enumerate(course.own_exercises):
        steps, root = ["own_exercises", str(at)], (around / name).resolve()
        if not root.is_relative_to(around):
            file.refuse(steps, f"{name!r} is not below the folder of this file, which has all that counts")
        if not catalog.folders(root / catalog.EXERCISES):
            file.refuse(steps, f"{name!r} has no {catalog.EXERCISES}/ with a folder like 32_roll_call in it")
        roots.append(root)
    return roots


def _converted(file: _File, written: object, kind: type[T], around: list[str]) -> T:
    """Raises CourseError, with the line of what is not right."""
    try:
        return msgspec.convert(written, type=kind)
    except msgspec.ValidationError as error:
        place: tuple[list[str], str] = _understood(str(error))
        file.refuse([*around, *place[0]], place[1])


def _understood(error: str) -> tuple[list[str], str]:
    """Where msgspec found something that is not right, and what."""
    found, unknown = PLACE.fullmatch(error), UNKNOWN.search(error)
    steps = _steps(found["path"] or "") if found is not None else []
    if unknown is not None:
        return [*steps, unknown[1]], "there is no such setting"
    return steps, found["said"] if found is not None else error


def _check(file: _File, course: Course, known: Mapping[str, Exercise]) -> None:
    """Check what the types do not say. Raises CourseError."""
    try:
        course.zone  # noqa: B018  (read here, where the line can be told)
    except NO_ZONE:
        file.refuse(["timezone"], f"{course.timezone!r} is no time zone; expected one like Europe/Berlin")
    if not course.exercises:
        file.refuse(["exercises"], "no exercise counts; expected [exercises.03], and so on")
    for number, plan in course.exercises.items():
        exercise = known.get(number)
        if exercise is None:
            file.refuse(["exercises", number], f"no exercise {number}; there are: {', '.join(sorted(known))}")
        checks = set(re.findall(r"def (test_\w+)", (exercise.folder / CHECKS).read_text("utf-8")))
        for check in set(plan.not_counted) - checks:
            there = ", ".join(sorted(checks))
            file.refuse(["exercises", number, "not_counted"], f"no check {check!r}; there are: {there}")
        if checks and checks <= set(plan.not_counted):
            said = "no check is left that counts: leave the exercise out, or give it weight = 0"
            file.refuse(["exercises", number, "not_counted"], said)
    _check_people(file, course)


def _check_people(file: _File, course: Course) -> None:
    """Check that what is said of single people can be said of this course. Raises CourseError."""
    people_of: dict[str, Sequence[Extension | Excused | Decided]] = {
        "extensions": course.extensions, "excused": course.excused, "decided": course.decided,
    }  # fmt: skip
    for name, people in people_of.items():
        for at, person in enumerate(people):
            for number in set(person.exercises or []) - course.exercises.keys():
                file.refuse([name, str(at), "exercises"], f"exercise {number} is not in this course")
    for at, decision in enumerate(course.decided):
        most = min(map(course.max_score, decision.exercises))
        if decision.points > most:
            said = f"more than {most:g}, which is all that there is for {' and '.join(decision.exercises)} here"
            file.refuse(["decided", str(at), "points"], said)


def _steps(path: str) -> list[str]:
    """The parts of `$.extensions[1].due`. msgspec does not name the keys of a table: `[...]` is left out."""
    return [name or number for name, number in STEP.findall(path) if number != "..."]


def _line(text: str, steps: Sequence[str]) -> int:
    """Where it is written: the line of its key, or of the table that it is in; 1 if it is nowhere.

    The n-th [[extensions]] is the table `extensions.n`, from 0 on.
    """
    table: list[str] = []
    often: dict[str, int] = {}
    best, depth = 1, 0
    for number, line in enumerate(text.splitlines(), 1):
        header = re.fullmatch(r"\s*\[(\[)?\s*([^\]]+?)\s*\]?\]\s*(?:#.*)?", line)
        key = re.match(r"\s*([\w.\"'-]+)\s*=", line)
        if header is not None:
            table = _parts(header[2])
            if header[1]:
                often[header[2]] = often.get(header[2], -1) + 1
                table = [*table, str(often[header[2]])]
        full = table if header is not None else [*table, *_parts(key[1])] if key is not None else []
        if len(full) > depth and list(steps[: len(full)]) == full:
            best, depth = number, len(full)
    return best


def _parts(key: str) -> list[str]:
    return [part.strip().strip("\"'") for part in key.split(".")]


NEW = """\
# What counts in this course. `checker grade --course course.toml` reads it, and the gradebook keeps it.
title = "My course"
# Of all times below that have none of their own.
timezone = "{timezone}"
# Grade nothing unless attempts are isolated at least like this: process, landlock or namespaces.
isolation = "process"
# Run attempts on another Python than the checker's own: a name on PATH, or a path.
# python = "python3.14"
# Exercises of your own: folders, below that of this file, with exercises/ and solutions/ in them.
# own_exercises = ["."]
# When everything is due that has no date of its own.
# due = 2027-03-01T23:59:00

[late]
# Share of the points for each day that has begun, and how much at most.
penalty_per_day = 0.0
at_most = 1.0
grace_minutes = 0
# false: only shown beside the scores. true: taken off where marks go.
applies = false

# One table for each exercise that counts. Absent work counts nothing.
{exercises}
# A later date for one learner, by an id, an e-mail address, a login or a full name of the roster; for some exercises
# or, without `exercises`, for all.
# [[extensions]]
# learner = "101"
# exercises = ["03"]
# due = 2027-03-08T23:59:00
# why = "ill"

# Work that one learner need not hand in: it is in no total.
# [[excused]]
# learner = "101"
# exercises = ["03"]
# why = "did it last year"

# Points of one learner, set by hand, for each of these exercises: they count as they are. Learners read why.
# [[decided]]
# learner = "101"
# exercises = ["03"]
# points = 8
# why = "right, but for a slip in the file's name"

# Whose a submission is, where the checker cannot know it, by what reports call it; learners = []: nobody's.
# [[owners]]
# submission = "alice-2"
# learners = ["101"]
# why = "she has a new account"
"""


def new(exercises: Iterable[Exercise], timezone: str = "UTC") -> str:
    """A course.toml with these exercises, to be changed by hand."""
    tables = (
        f"[exercises.{each.number}] # {each.title}\nweight = 1\n# due = 2027-03-01T23:59:00\n# not_counted = []\n"
        for each in exercises
    )
    return NEW.format(timezone=timezone, exercises="\n".join(tables))
