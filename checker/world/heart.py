"""Whether an attempt's event loop goes round: the world asks, when nobody knows before, and a callback answers.

The answer has to be the question, so nothing is answered in advance. A thread of the attempt's could answer it just as
well, while the loop stands still in the main thread. So the kernel is asked, too: whose main thread was on no core
between question and answer has not answered.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable

QUESTION_BYTES = 8
LEAST_PAUSE_S, MOST_PAUSE_S = 0.005, 0.015
LATE_BEAT_S = 0.05
"""An event loop that has not come round for this long is worth a look at its stack."""


class Heart:
    """The heartbeat of one attempt's event loop, as seen from outside."""

    def __init__(self, on_late: Callable[[], None], moved: Callable[[], bool]) -> None:
        """`on_late`: called when it stands still. `moved`: whether its thread was on a core since it was last asked."""
        self.connected = False
        self.beats_s: list[float] = []
        """Moments at which it had answered."""
        self.forged = 0
        """Answers that came from somewhere else."""
        self.on_late = on_late
        self._moved = moved

    async def listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Ask until the connection closes, or until something comes that is no answer."""
        self.connected = True
        while True:
            question = secrets.token_bytes(QUESTION_BYTES)
            self._moved()
            writer.write(question)
            try:
                if await self._answer(reader) != question:
                    return
            except asyncio.IncompleteReadError:
                return
            if self._moved():
                self.beats_s.append(time.perf_counter())
            else:
                self.forged += 1
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
