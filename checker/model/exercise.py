"""What an exercise is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from checker.model.limits import Limits
from checker.model.record import Record

FULL_SCORE = 10.0
"""What the points of an exercise's checks add up to: `checker lint` holds it."""
DEFAULT_POINTS = 1.0
"""Of a check without a mark that says how many it is worth."""
ATTEMPT = "attempt.py"
"""The learner's file, where it is not compiled."""


class Exercise(Record, forbid_unknown_fields=True):
    """What `exercise.toml` says, and where the folder is."""

    title: Annotated[str, msgspec.Meta(min_length=1)]
    summary: Annotated[str, msgspec.Meta(min_length=1)]
    bound_by: Literal["waiting", "cpu"]
    """What the stub spends its time on."""
    level: Annotated[int, msgspec.Meta(ge=1, le=5)]
    minutes: Annotated[int, msgspec.Meta(ge=5, le=240)]
    requires: list[Annotated[str, msgspec.Meta(pattern=r"^\d\d$")]]
    """Numbers of the exercises to do first."""
    goal: Annotated[float, msgspec.Meta(gt=1)]
    """Times faster than the stub that passes. For CPU work: on two full cores; scaled to what they give."""
    limit: float
    """Times faster than the stub that is possible at best."""
    technique: str
    deadline_s: Annotated[float, msgspec.Meta(gt=0, le=120)]
    hints: Annotated[list[str], msgspec.Meta(min_length=3, max_length=3)]
    preload: list[str] = msgspec.field(default_factory=list)
    """Large libraries that attempts import: loaded once, before their processes are forked."""
    limits: Limits = Limits()
    """What a call of the attempt may take of the machine."""
    number: str = ""
    slug: str = ""
    attempt: str = ATTEMPT
    """The learner's file: attempt.pyx where it is compiled."""
    folder: Path = Path()

    @property
    def races_for_cores(self) -> bool:
        """Its timed checks want the machine to themselves."""
        return self.bound_by == "cpu"
