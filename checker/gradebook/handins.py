"""What learners handed in, as plain data: the texts of their attempts, and what was not taken."""

from __future__ import annotations

from datetime import datetime

import msgspec

from checker.model.record import Record


class Person(Record):
    """What a submission says of one of its people: only what the platform wrote, nothing that the learner chose."""

    name: str
    """A full name as the platform writes it, a login, or what a folder or a file is called."""
    platform: str = ""
    """canvas, moodle or gradescope; "": no platform, and the name is all that there is."""
    number: str = ""
    """The platform's own number: Canvas's of the user, Moodle's of the participant in this assignment, Gradescope's of
    the submission."""
    sid: str = ""
    """The student's id, where the platform says it."""
    email: str = ""
    otherwise: dict[str, str] = msgspec.field(default_factory=dict)
    """Other ways to read what the platform wrote, number to name: a learner's name may look like a number."""
    earlier: list[str] = msgspec.field(default_factory=list)
    """In a gradebook: the numbers that the same person had in earlier assignments."""
    is_repository: bool = False
    """The name is that of a folder or a zip, which may be `assignment-LOGIN`."""

    @property
    def identity(self) -> str:
        """The same for all work of one learner on one platform; on Moodle, for all of one assignment.

        On Canvas, work with a member's number and the group's name is the group's, and not the member's.
        """
        if self.platform == "gradescope":
            return f"gradescope {self.email.casefold() or self.sid or self.number}"
        if self.platform == "canvas":
            return f"canvas {self.number} {self.name}"
        return f"{self.platform or 'name'} {self.number or self.name}"


class HandIn(Record):
    """One attempt file of one learner."""

    exercise: str
    """The exercise's number."""
    text: bytes | None
    """None: the exercise is there, but has no file that may be read."""
    path: str = ""
    """Where it was, to be shown."""
    handed_in: str | None = None
    """ISO 8601, UTC, if it is known."""
    source: str = ""
    """In a gradebook: the path that was given to `checker grade`, absolute; "": it was not kept."""
    is_marked_late: bool = False
    """The platform says so, without saying by how much (Canvas's LATE)."""
    serial: int = 0
    """The platform's own number of the file that it came in, maybe a zip; 0: none, or it was not kept."""

    def __post_init__(self) -> None:
        """Raises ValueError: what is read from a gradebook may be anything."""
        _check_moment(self.handed_in)


class Ignored(Record):
    """Something of a submission that was not taken."""

    path: str
    why: str
    exercise: str = ""
    """The number of the exercise that it is about, or that was asked for; "": unknown."""
    source: str = ""
    """In a gradebook: the path that was given to `checker grade`; "": it was not kept."""
    is_earlier: bool = False
    """In a gradebook: an earlier run said it, and the last one of this submission said nothing of it."""


class Submission(Record):
    """One learner's attempts, at most one per exercise, in the order of the exercises."""

    name: str
    attempts: list[HandIn]
    ignored: list[Ignored] = msgspec.field(default_factory=list)
    handed_in: str | None = None
    """ISO 8601, UTC, where that is known: what the platform says, or the latest time of its files in an archive."""
    people: list[Person] = msgspec.field(default_factory=list)
    """Who handed it in; more than one where learners work together."""
    source: str = ""
    """The path that was given to `checker grade`, absolute."""

    def __post_init__(self) -> None:
        """Raises ValueError: what is read from a gradebook may be anything."""
        _check_moment(self.handed_in)


def _check_moment(said: str | None) -> None:
    if said is not None and datetime.fromisoformat(said).tzinfo is None:
        raise ValueError(f"{said!r} is a time of no time zone")
