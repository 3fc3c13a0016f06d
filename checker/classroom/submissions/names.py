"""What the names of files and folders say: whose they are, and which exercise they are for. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from checker.catalog import COMPILED
from checker.model.exercise import Exercise
from checker.model.record import Record

CANVAS = re.compile(r"(?P<name>.+?)_(?:LATE_)?(?P<user>[1-9][0-9]*)_(?P<file>[1-9][0-9]*)_(?P<rest>.+)")
CANVAS_ANONYMOUS = re.compile(r"(?:LATE_)?(?P<name>(?P<user>anon_[^_]+))_(?P<file>[1-9][0-9]*)_(?P<rest>.+)")
"""Names in Canvas's bulk download (lib/content_zipper.rb): owner, "LATE", number of the owner, number of the file."""
MOODLE = re.compile(r"(?P<name>.+)_(?P<user>[0-9]+)_assignsubmission_[a-z]+(?:_(?P<rest>.*))?")
"""Names in Moodle's bulk download, of a folder for each participant, or of files if folders were not asked for."""
AGAIN = re.compile(r"(?P<stem>.+?)(?:-(?P<canvas>[1-9][0-9]*)| ?\((?P<browser>[1-9][0-9]*)\))")
"""A file that was handed in again: Canvas makes it attempt-1.py, browsers make it attempt (1).py."""
NUMBER = re.compile(r"(?<![0-9])[0-9]{2}(?![0-9])")
FILLER = re.compile(r"(?<![^\W_])(?:attempt|exercise|ex)(?![^\W_])", re.IGNORECASE)
SEPARATORS = "_-. "
BRANCHES = ("-main", "-master")
"""What GitHub adds to the name of a repository that is downloaded as a zip."""
MAX_PARTS = 4
"""Of a repository's name that may be a login: a login may have dashes itself."""
SOURCES = (".py", PurePath(COMPILED).suffix)


class Owner(Record):
    """Whose something is."""

    identity: str
    """The same for everything of one learner."""
    name: str
    keys: list[str]
    """What may be in a roster, the most telling first."""
    number: str = ""
    """The platform's number of the learner."""


class Named(Record):
    """What a name says."""

    owner: Owner
    rest: str = ""
    """The name that the learner gave the file."""
    serial: int = 0
    """The platform's number of the file."""


class Flat(Record):
    """What the name of a file that stands alone says, such as alice_03.py."""

    learner: str
    """Empty: the name does not say."""
    exercise: Exercise | None
    version: int
    """How often it was handed in again."""


def platform(name: str) -> Named | None:
    """What the name of a file in a bulk download says; None: no platform made it."""
    return moodle(name) or canvas(name)


def moodle(name: str) -> Named | None:
    """What the name of a file or a folder in Moodle's bulk download says."""
    found = MOODLE.fullmatch(name)
    if found is None:
        return None
    user = found["user"]
    keys = [found["name"], f"Participant {user}", user]
    owner = Owner(identity=f"moodle {user}", name=found["name"], keys=keys, number=user)
    return Named(owner=owner, rest=found["rest"] or "")


def canvas(name: str) -> Named | None:
    """What the name of a file in Canvas's bulk download says."""
    found = CANVAS_ANONYMOUS.fullmatch(name) or CANVAS.fullmatch(name)
    if found is None:
        return None
    user = found["user"]
    owner = Owner(identity=f"canvas {user}", name=found["name"], keys=[user, found["name"]], number=user)
    return Named(owner=owner, rest=found["rest"], serial=int(found["file"]))


def plain(name: str) -> Owner:
    """The owner of a folder, a repository or a zip with this name."""
    repository = name
    for branch in BRANCHES:
        repository = repository.removesuffix(branch)
    parts = [part for part in repository.split("-") if part]
    ends = ["-".join(parts[start:]) for start in range(max(1, len(parts) - MAX_PARTS), len(parts))]
    return Owner(identity=f"name {name}", name=name, keys=list(dict.fromkeys([name, repository, *ends])))


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
    """The only exercise whose number is in it, and what else is in it. `ada16_03`: 16 belongs to a name, 03 to none."""
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
