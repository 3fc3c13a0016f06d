"""What the names of files and folders say: whose they are, and which exercise they are for. Pure.

A name in a bulk download has a part that the platform wrote, and then a part that the learner chose. It is read from
the left, where the platform writes: what a learner calls a file never decides who the learner is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath

import msgspec

from checker.catalog import COMPILED
from checker.gradebook.handins import HandIn, Person
from checker.model.exercise import Exercise
from checker.model.record import Record

CANVAS = re.compile(
    r"(?P<name>[\w\x80-\U0010ffff]*?)_(?P<late>LATE_)?(?P<user>[1-9][0-9]*)_(?P<file>[1-9][0-9]*)_(?P<rest>.+)",
    re.DOTALL,
)
CANVAS_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?(?P<name>anon_(?P<user>[A-Za-z0-9]+))_(?P<file>[1-9][0-9]*)_(?P<rest>.+)", re.DOTALL
)
"""Names in Canvas's bulk download (lib/content_zipper.rb of instructure/canvas-lms): the owner's sortable name in lower
case with only letters, digits and _, "LATE", the number of the owner, the number of the file, the file's name. To
Ruby, marks are letters, and to \\w they are not: vowels of Indian scripts, and accents that a Mac has made characters.
"""
MOODLE = re.compile(
    r"(?P<name>[^_]+)(?:_(?P<user>[0-9]+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<rest>.*))?", re.DOTALL
)
"""Names in Moodle's bulk download (mod/assign/classes/downloader.php): of a folder for each participant, or of files if
folders were not asked for. Each _ in the full name of a person or a group is a space there. A team without a group has
no number.
"""
AGAIN = re.compile(r"(?P<stem>.+?)(?:-(?P<canvas>[1-9][0-9]*)| ?\((?P<browser>[1-9][0-9]*)\))")
"""A file that was handed in again: Canvas makes it attempt-1.py, browsers make it attempt (1).py."""
NUMBER = re.compile(r"(?<![0-9])[0-9]{2}(?![0-9])")
FILLER = re.compile(r"(?<![^\W_])(?:attempt|exercise|ex)(?![^\W_])", re.IGNORECASE)
SEPARATORS = "_-. "
SOURCES = (".py", PurePath(COMPILED).suffix)


class Named(Record):
    """What a name in a bulk download says."""

    person: Person
    rest: str = ""
    """The name that the learner gave the file."""
    serial: int = 0
    """The platform's number of the file."""
    is_late: bool = False
    """The platform says that it was handed in late."""


class Flat(Record):
    """What the name of a file that stands alone says, such as alice_03.py."""

    learner: str
    """Empty if the name does not say."""
    exercise: Exercise | None
    version: int
    """How often it had been handed in before."""


def moodle(name: str) -> Named | None:
    """What the name of a file or a folder in Moodle's bulk download says."""
    found = MOODLE.fullmatch(name)
    if found is None:
        return None
    person = Person(name=found["name"], platform="moodle", number=found["user"] or "")
    return Named(person=person, rest=found["rest"] or "")


def canvas(name: str) -> Named | None:
    """What the name of a file in Canvas's bulk download says. If it can be read in several ways, the first counts."""
    found = CANVAS_ANONYMOUS.fullmatch(name) or CANVAS.fullmatch(name)
    if found is None:
        return None
    first = _canvas(found)
    otherwise = {way.person.number: way.person.name for way in canvas_otherwise(name)}
    return msgspec.structs.replace(first, person=msgspec.structs.replace(first.person, otherwise=otherwise))


def canvas_otherwise(name: str) -> list[Named]:
    """The other ways to read it.

    There are some if the learner's file is called like 3_4_x.py, and also if the learner's name is made to look like
    somebody else's number.
    """
    if CANVAS_ANONYMOUS.fullmatch(name) or not CANVAS.fullmatch(name):
        return []
    ways: dict[tuple[str, int], Named] = {}
    for at in (match.start() for match in re.finditer("_", name)):
        found = CANVAS.fullmatch(name[at:])
        if found is not None and found["name"] == "":
            way = _canvas(found, name[:at])
            ways.setdefault((way.person.number, way.serial), way)
    return list(ways.values())[1:]


def _canvas(found: re.Match[str], before: str = "") -> Named:
    person = Person(name=found["name"] or before, platform="canvas", number=found["user"])
    return Named(person=person, rest=found["rest"], serial=int(found["file"]), is_late=bool(found["late"]))


def serial(attempt: HandIn) -> int:
    """Canvas's number of the file; 0: none. Older checkers kept only the path."""
    said = canvas(PurePath(attempt.path).name)
    return attempt.serial or (said.serial if said is not None else 0)


READERS: dict[str, Callable[[str], Named | None]] = {"moodle": moodle, "canvas": canvas}
"""What reads a name, by platform. If two platforms have made as many names of a download, the first counts."""


def platform(names: Iterable[str]) -> str:
    """The platform that made a download: the one that most of the names are of. "": none of them."""
    found = Counter(by for name in names for by, read in READERS.items() if read(name) is not None)
    return max(READERS, key=lambda by: found[by]) if found else ""


def named(name: str, by: str) -> Named | None:
    """What a name says in a download of this platform; None: the platform did not make it."""
    return READERS[by](name) if by in READERS else None


def is_source(name: str) -> bool:
    """Whether it may be an attempt, by its name."""
    return PurePath(name).suffix in SOURCES and not name.startswith("test_")


def flat(name: str, exercises: Sequence[Exercise]) -> Flat:
    """What the name of a file that stands alone says."""
    exercise, learner = _split(PurePath(name).stem, exercises)
    stem, version = again(name)
    if version:
        before = _split(stem, exercises)
        if before[0] is not None or (exercise is None and not before[1]):
            return Flat(exercise=before[0], learner=before[1], version=version)
    return Flat(exercise=exercise, learner=learner, version=0)


def again(name: str) -> tuple[str, int]:
    """A file's name without its ending, and how often it was handed in again."""
    stem = PurePath(name).stem
    found = AGAIN.fullmatch(stem)
    return (found["stem"], int(found["canvas"] or found["browser"])) if found is not None else (stem, 0)


def _split(stem: str, exercises: Sequence[Exercise]) -> tuple[Exercise | None, str]:
    """The only exercise whose number is in it, and the rest. In `ada16_03`, 16 is a part of a name, and 03 is not."""
    for exercise in exercises:
        stem = stem.replace(exercise.folder.name, exercise.number)
    numbers = {exercise.number: exercise for exercise in exercises}
    anywhere = [match for match in NUMBER.finditer(stem) if match[0] in numbers]
    found = [match for match in anywhere if _stands_alone(match, stem)] or anywhere
    if len({match[0] for match in found}) != 1:
        return None, _without_filler(stem)
    around = (stem[: found[0].start()], stem[found[0].end() :])
    return numbers[found[0][0]], "_".join(filter(None, map(_without_filler, around)))


def _stands_alone(match: re.Match[str], stem: str) -> bool:
    before, after = FILLER.sub("", stem[: match.start()]), stem[match.end() :]
    return not (before[-1:].isalpha() or after[:1].isalpha())


def _without_filler(text: str) -> str:
    return FILLER.sub("", text).strip(SEPARATORS)
