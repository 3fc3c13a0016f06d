"""What is raced, as a check says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any, Literal

from checker.checks.call import Call
from checker.judge.diagnosis import conduct
from checker.judge.overlap import Bounds
from checker.judge.plan import Needs
from checker.process.invocation import Source


class RaceError(Exception):
    """The race could not be held, and the failure is ours."""


@dataclass(frozen=True)
class Inputs:
    """One round's work."""

    args: tuple[Any, ...]
    expected: Callable[[], object] | None = None
    """What the world says must come back; None: what sync returns."""
    first: Callable[[Call], None] | None = None
    """What must be true of the call before its result is looked at, in words of its own; raises CheckFailed."""
    then: Callable[[Call], None] | None = None
    """What else must be true of the call; raises CheckFailed."""
    named: dict[str, Any] = field(default_factory=dict)
    needs: Needs | None = None
    """Which operation (by its key) needs which: for the picture of a run that was too fast."""
    margin_s: float = inf
    """Where there is a deadline: a run held up for longer may have missed it, so a wrong result says nothing."""


@dataclass(frozen=True)
class RaceSpec:
    """What is raced: the function, how it is driven, and how to make a round's inputs.

    `make(scale)`: fresh inputs; `scale` multiplies the work of a CPU-bound race, and waiting races ignore it.
    """

    function: str
    make: Callable[[float], Inputs]
    scenario: Path | None = None
    kind: Literal["speed", "code", "cores"] = "speed"
    """What is raced for: less time by work side by side, less CPU time by faster code, or two cores kept busy."""
    at_least: int = 1
    """Waiting races: how many operations must be in flight at the peak."""
    at_most: int = conduct.NO_LIMIT
    """Waiting races: how many may be, at most."""
    bounds: Bounds | None = None
    """Waiting races: what is possible; None: the operations that sync does are independent, and all are needed."""
    gil_free: bool = False
    """CPU races: the work lets go of the GIL, so that threads of one process count each for itself."""


@dataclass(frozen=True)
class Sources:
    """The texts that are raced. There is a reference only where it is run beside."""

    sync: Source
    attempt: Source
    reference: Source | None = None

    @property
    def untouched(self) -> bool:
        """The attempt is still the stub, byte for byte: what sync does is what the attempt does."""
        return self.attempt.text == self.sync.text
