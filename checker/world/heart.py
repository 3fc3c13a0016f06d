"""Whether an attempt's event loop goes round: the world asks at unforeseeable moments, and a callback answers.

The answer must repeat the question, so it cannot be sent in advance. But another thread of the attempt could send it
while the loop, in the main thread, is blocked. So the kernel is asked, too. If the main thread was on no core between
question and answer, the loop has not answered. And only if the main thread waited for events when it was asked is the
answer surely the loop's: a thread that was busy, or waited for something else, may run for another reason just before
another thread answers.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from typing import Protocol

from checker.model.evidence import Beat

QUESTION_BYTES = 8
LEAST_PAUSE_S, MOST_PAUSE_S = 0.005, 0.015
MAX_BEATS = 100_000
"""With the shortest pause these take eight minutes: longer than any deadline, even of a run that was held up. In a
debugger, a run may last for days."""
LATE_BEAT_S = 0.05
"""If the event loop has not answered for this long, a look at its stack shows what blocks it."""


class MainThread(Protocol):
    """What the kernel says of the thread that the loop is in: see observe.pulse."""

    def moved(self) -> bool:
        """It was on a core since this was last asked; True if unknown."""

    def waits_for_events(self) -> bool | None:
        """It waits for events now; None if unknown."""


class Heart:
    """The heartbeat of one attempt's event loop, as seen from outside."""

    def __init__(self, on_late: Callable[[], None], thread: MainThread) -> None:
        """`on_late`: called when the loop is late to answer."""
        self.connected = False
        self.beats: list[Beat] = []
        self.on_late = on_late
        self._thread = thread

    async def listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Ask until the connection closes, a wrong answer comes, or there are MAX_BEATS answers."""
        self.connected = True
        while len(self.beats) < MAX_BEATS:
            question = secrets.token_bytes(QUESTION_BYTES)
            asked_s = time.perf_counter()
            waits = self._thread.waits_for_events()
            self._thread.moved()
            writer.write(question)
            try:
                if await self._answer(reader) != question:
                    return
            except asyncio.IncompleteReadError:
                return
            if self._thread.moved():
                self.beats.append(Beat(asked_s=asked_s, came_s=time.perf_counter(), sure=waits is not False))
            await asyncio.sleep(_pause_s())

    async def _answer(self, reader: asyncio.StreamReader) -> bytes:
        """Raises IncompleteReadError when there is none."""
        try:
            async with asyncio.timeout(LATE_BEAT_S):
                return await reader.readexactly(QUESTION_BYTES)
        except TimeoutError:
            self.on_late()
        return await reader.readexactly(QUESTION_BYTES)


def _pause_s() -> float:
    share = secrets.randbelow(1001) / 1000
    return LEAST_PAUSE_S + share * (MOST_PAUSE_S - LEAST_PAUSE_S)
