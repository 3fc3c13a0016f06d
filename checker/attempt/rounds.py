"""For scenarios: an event loop that counts its iterations, which shows whether it is idle.

Run it where nothing wakes it. The grader's heartbeat, for example, would.
"""

from __future__ import annotations

import asyncio
import selectors


class _Counting(selectors.DefaultSelector):
    """Counts the calls of `select`: an event loop makes one in each iteration."""

    rounds = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.rounds += 1
        return super().select(timeout)


class CountedLoop(asyncio.SelectorEventLoop):
    """An event loop for `asyncio.Runner(loop_factory=CountedLoop)`."""

    def __init__(self) -> None:
        self._counting = _Counting()
        super().__init__(self._counting)

    @property
    def rounds(self) -> int:
        """Iterations so far. Any thread may ask."""
        return self._counting.rounds
