"""The ledger: every operation of a world, with start, end and how it ended, on the grader's clock."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import inf

import msgspec

from checker.model.evidence import ANSWERS, Connection, Span

MAX_ENTRIES = 10_000
"""Of one world: operations, and connections. No exercise has a tenth of that; further ones are not answered."""
MAX_BYTES = 16 * 2**20
"""Of all requests together: their arguments are kept."""
MAX_KEY = 200
"""Characters. Keys go on to reports, and an attempt may make its own as long as a request."""


class Full(ValueError):
    """The ledger takes no further entry."""


@dataclass(eq=False)
class OpenSpan:
    """An operation that may still be going on."""

    name: str
    key: str
    latency_s: float
    caller: str
    line: int | None
    start_s: float
    self_reported: bool = False
    connection: int = 0
    end_s: float | None = None
    told_s: float = 0.0
    """When its caller can have heard of the end, at the earliest."""
    outcome: str = "open"

    @property
    def due_s(self) -> float:
        return self.start_s + self.latency_s

    def close(self, outcome: str, at_s: float | None = None) -> None:
        """`at_s`: when it ended; now, if it is not given."""
        self.told_s = time.perf_counter()
        self.end_s = at_s or self.told_s
        self.outcome = outcome


@dataclass(eq=False)
class OpenConnection:
    """A connection that may still be open."""

    number: int
    opened_s: float
    opener: str = ""
    key: str = ""
    closed_s: float | None = None

    def close(self) -> None:
        """To close it again changes nothing."""
        if self.closed_s is None:
            self.closed_s = time.perf_counter()


class Ledger:
    """Written by the world's thread, read by the grader's after the run."""

    def __init__(self) -> None:
        self._entries: list[OpenSpan] = []
        self._connections: list[OpenConnection] = []
        self._bytes = 0

    def admit(self, size: int) -> None:
        """Count a request of `size` bytes. Raises Full when it is one too many, or too large."""
        self._bytes += size
        if self._bytes > MAX_BYTES or len(self._entries) >= MAX_ENTRIES:
            raise Full

    def connect(self, opener: str = "", key: str = "") -> OpenConnection:
        """A connection was opened: by which thread or task, and for whom, where that is known. Raises Full."""
        if len(self._connections) >= MAX_ENTRIES:
            raise Full
        self._connections.append(OpenConnection(len(self._connections) + 1, time.perf_counter(), opener, key[:MAX_KEY]))
        return self._connections[-1]

    def connections(self, since_s: float = 0.0) -> list[Connection]:
        """The connections that were opened at or after `since_s`."""
        opened = [each for each in list(self._connections) if each.opened_s >= since_s]
        return msgspec.convert(opened, list[Connection], from_attributes=True)

    def open(
        self, name: str, latency_s: float, key: str = "", caller: str = "", line: int | None = None,
        self_reported: bool = False, connection: int = 0,
    ) -> OpenSpan:  # fmt: skip
        """`self_reported`: the attempt says when it ends, not the world. `connection`: the number of its connection."""
        entry = OpenSpan(name, key[:MAX_KEY], latency_s, caller, line, time.perf_counter(), self_reported, connection)
        self._entries.append(entry)
        return entry

    def in_flight(self, *names: str) -> int:
        """How many operations of these names (of any name, without one) have no answer yet."""
        return sum(entry.end_s is None and (not names or entry.name in names) for entry in list(self._entries))

    def spans(self, since_s: float = 0.0) -> list[Span]:
        """The operations that started at or after `since_s`, in the order of their start."""
        return msgspec.convert(self._since(since_s), list[Span], from_attributes=True)

    def _since(self, since_s: float) -> list[OpenSpan]:
        return [entry for entry in list(self._entries) if entry.start_s >= since_s]

    def late_s(self, since_s: float = 0.0) -> float:
        """For how many seconds at least one answer was overdue: the machine's fault, not the attempt's."""
        overdue = sorted(
            (entry.due_s, entry.told_s)
            for entry in self._since(since_s)
            if entry.outcome in ANSWERS and not entry.self_reported
        )
        total_s, until_s = 0.0, -inf
        for due_s, end_s in overdue:
            total_s += max(0.0, end_s - max(due_s, until_s))
            until_s = max(until_s, end_s)
        return total_s
