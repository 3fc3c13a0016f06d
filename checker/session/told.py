"""From where a check was run, which may be a worker of pytest-xdist, to where results are collected."""

from __future__ import annotations

from checker.model.answer import CheckResult
from checker.model.picture import Scene
from checker.model.record import Record


class Told(Record):
    """What a report of pytest carries of a check."""

    exercise: str
    folder: str
    sha256: str | None
    result: CheckResult
    scenes: tuple[Scene, ...] = ()
    """What there is to draw of it, if this session was asked for files of pictures."""
