"""A run as a picture, as data: lanes of what went on, for each report to draw in its own way."""

from __future__ import annotations

from enum import StrEnum

from checker.model.record import Record


class PieceKind(StrEnum):
    """What went on in a piece of a lane. The text is what the legend says."""

    IN_FLIGHT = "in flight"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNANSWERED = "not answered"
    RUNNING = "running"
    WAITING = "waiting for a core"
    STILL = "stood still"
    HELD = "held a lock"
    WANTED = "waited for a lock"


class Piece(Record):
    """Something that went on for a while. Seconds from the start of the run."""

    kind: PieceKind
    start_s: float
    end_s: float
    """The same as `start_s`: all that is known is that it was so at that moment."""
    label: str = ""
    """What it was, where its kind does not say it."""


class Lane(Record):
    """One operation, or one process."""

    label: str
    pieces: tuple[Piece, ...] = ()
    mark: str = ""
    """What is wrong with it, in a few words."""
    note: str = ""
    """Instead of pieces: how many lanes are left out here."""


class Picture(Record):
    """Lanes over a common length of time."""

    length_s: float
    lanes: tuple[Lane, ...]
    text: str = ""
    """Of gradebooks of format 1: their pictures are text only."""

    @property
    def kinds(self) -> list[PieceKind]:
        """What is to be seen in it, for the legend."""
        seen = {piece.kind for lane in self.lanes for piece in lane.pieces}
        return [kind for kind in PieceKind if kind in seen]


class LaneGroup(Record):
    """Lanes of one sort, such as all operations."""

    title: str
    lanes: tuple[Lane, ...]


class Scene(Record):
    """One run of sync or of an attempt with all lanes that there are, for a closer look."""

    who: str
    """"sync" or "attempt"."""
    length_s: float
    groups: tuple[LaneGroup, ...]
    picture: Picture | None
    """The same run at a glance."""
