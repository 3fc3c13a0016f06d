"""For scenarios: an event loop that counts how often it goes round, so that one sees whether it rests.

Whoever asks it something (the grader's heartbeat, too) wakes it: run it where nobody does.
"""

from __future__ import annotations

import asyncio
import selectors


class _Counting(selectors.DefaultSelector):
    """Counts how often it was asked for news: a loop does that once in each round."""

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
        """How often it has gone round until now; any thread may ask."""
        return self._counting.rounds
