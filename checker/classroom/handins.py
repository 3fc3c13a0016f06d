"""What learners handed in, as plain data: the texts of their attempts, and what was not taken."""

from __future__ import annotations

import msgspec

from checker.model.record import Record


class Attempt(Record):
    """One attempt file of one learner."""

    exercise: str
    """The exercise's number."""
    text: bytes | None
    """None: the exercise is there, but no file of it that may be read."""
    path: str = ""
    """Where it was, for people."""


class Ignored(Record):
    """Something of a submission that was not taken."""

    path: str
    why: str


class Submission(Record):
    """One learner's attempts, at most one per exercise, in the order of the exercises."""

    name: str
    attempts: list[Attempt]
    ignored: list[Ignored] = msgspec.field(default_factory=list)
    handed_in: str | None = None
    """ISO 8601, UTC, where that is known: the latest time of its files in an archive."""
    keys: list[str] = msgspec.field(default_factory=list)
    """What of its name may identify the learner in a roster: a login, an id of the learning platform, a full name."""
