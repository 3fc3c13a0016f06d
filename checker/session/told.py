"""A check's result on its way to the session's controller: a check may run in a worker of pytest-xdist."""

from __future__ import annotations

from checker.model.answer import CheckResult
from checker.model.picture import Scene
from checker.model.record import Record


class Told(Record):
    """What pytest's report carries about a check."""

    exercise: str
    folder: str
    sha256: str | None
    result: CheckResult
    scenes: tuple[Scene, ...] = ()
    """The scenes to draw, if the session was asked for files of pictures."""
