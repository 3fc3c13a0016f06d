"""Something that an attempt does by itself, such as a nap or a phase: a span without a request.

The attempt's scenario reports its begin and its end, and the world's clock measures it, whatever clocks the attempt's
process has. Of a timed activity, an end that comes too early is refused. Any other end is answered with a token, which
the check knows.
"""

from __future__ import annotations

import secrets
from typing import Any

from checker.model.evidence import NOT_ASKED
from checker.world.ledger import MAX_KEY, Ledger, OpenSpan
from checker.world.operations import Bundle, Operation

TOLERANCE_S = 0.005
"""Two clocks are never read at the same moment. An activity that is cut short is off by more than this."""


class TooEarly(RuntimeError):
    """Raised in the attempt as a RuntimeError."""


class Activity(Bundle):
    """A service with two operations: begin(key, seconds) and end(key). The time between them is one span of that key.

    seconds: how long it has to take. To begin a key again closes its earlier span.
    """

    def __init__(self, ledger: Ledger, name: str, timed: bool = False) -> None:
        """`timed`: it must not end before its seconds are over."""
        self.name = name
        self._timed = timed
        self._ledger = ledger
        self._open: dict[str, OpenSpan] = {}
        self._tokens: dict[str, str] = {}
        # Reporting is not the attempt's own work: it goes into a ledger that nobody reads.
        aside = Ledger()
        super().__init__(
            begin=Operation(aside, f"{name} begins", 0.0, self._begin),
            end=Operation(aside, f"{name} ends", 0.0, self._end),
        )

    def token(self, key: str) -> object:
        """The answer to the end of this key, unless that comes too early; NOT_ASKED if the key never began."""
        return self._tokens.get(key, NOT_ASKED)

    def _begin(self, caller: str, key: Any, seconds: Any) -> None:
        self._close(str(key))
        self._tokens[str(key)] = f"{str(key)[:MAX_KEY]}-{secrets.token_hex(4)}"
        self._open[str(key)] = self._ledger.open(self.name, float(seconds), str(key), caller, self_reported=True)

    def _end(self, _: str, key: Any) -> str | None:
        """Raises TooEarly."""
        entry = self._close(str(key))
        if entry is None:
            return None
        assert entry.end_s is not None
        if self._timed and entry.end_s < entry.due_s - TOLERANCE_S:
            raise TooEarly(f"woken after {entry.end_s - entry.start_s:.2f} of {entry.latency_s:.2f} s")
        return self._tokens[str(key)]

    def _close(self, key: str) -> OpenSpan | None:
        entry = self._open.pop(key, None)
        if entry is not None:
            entry.close("answered")
        return entry
