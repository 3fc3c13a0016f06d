"""Whether an attempt's event loop goes round: the world asks, when nobody knows before, and a callback answers.

The answer has to be the question, so nothing is answered in advance. A thread of the attempt's could answer it just as
well, while the loop stands still in the main thread. So the kernel is asked, too. Whose main thread was on no core
between question and answer has not answered. And only a loop that waited for events when it was asked is sure to be
one: a main thread that was busy, or waited for something else, may move for another reason before a thread answers.
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
"""With the least pause, those of eight minutes: longer than any deadline, also of who was held up. Who stops in a
debugger may stay for days."""
LATE_BEAT_S = 0.05
"""An event loop that has not come round for this long is worth a look at its stack."""


class MainThread(Protocol):
    """What the kernel says of the thread that the loop is in: see observe.pulse."""

    def moved(self) -> bool:
        """It was on a core since this was last asked; True where nobody tells."""

    def waits_for_events(self) -> bool | None:
        """It waits for events now; None where nobody tells."""


class Heart:
    """The heartbeat of one attempt's event loop, as seen from outside."""

    def __init__(self, on_late: Callable[[], None], thread: MainThread) -> None:
        """`on_late`: called when it stands still."""
        self.connected = False
        self.beats: list[Beat] = []
        self.on_late = on_late
        self._thread = thread

    async def listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Ask until the connection closes, something comes that is no answer, or MAX_BEATS have come."""
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
