"""What an attempt does by itself, told by the scenario that drives it: a nap, a phase. A span without a request."""

from __future__ import annotations

from typing import Any

from checker.attempt import wire
from checker.world.ledger import Entry, Ledger
from checker.world.operations import Operation


class Activity:
    """A service with two operations: begin(key, seconds) and end(key). Between them lies one span of that key.

    seconds: how long it has to take. Beginning a key again closes its span before.
    """

    def __init__(self, ledger: Ledger, name: str) -> None:
        self.name = name
        self._ledger = ledger
        self._open: dict[str, Entry] = {}
        # The telling itself is no work of the attempt: it goes into a ledger that nobody reads.
        aside = Ledger()
        self.begin = Operation(aside, f"{name} begins", 0.0, self._begin)
        self.end = Operation(aside, f"{name} ends", 0.0, self._end)

    @property
    def operations(self) -> list[Operation]:
        return [self.begin, self.end]

    def describe(self) -> wire.Plain:
        return {
            wire.TAG: "service",
            "operations": {"begin": self.begin.describe(), "end": self.end.describe()},
        }

    def _begin(self, caller: str, key: Any, seconds: Any) -> None:
        self._end(caller, key)
        self._open[str(key)] = self._ledger.open(self.name, float(seconds), str(key), caller, self_reported=True)

    def _end(self, _: str, key: Any) -> None:
        entry = self._open.pop(str(key), None)
        if entry is not None:
            entry.close("answered")
