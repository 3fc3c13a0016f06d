"""One background thread with an event loop, where all worlds of a grader live."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


NOTICED = 4
"""Turns of the loop between a closed connection and the end of what waits for that."""
TURNS = 4 * NOTICED
"""A client that came and went before the loop looked takes 9: it is accepted, read, served and closed."""


class LoopThread:
    """An event loop in a daemon thread; `run` is the only way in from outside."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="checker-world", daemon=True)
        self._thread.start()

    @property
    def native_id(self) -> int:
        """The thread's id in the kernel."""
        return self._thread.native_id or 0

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the loop and wait for its result."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()

    def catch_up(self) -> None:
        """Let everything that has already arrived (a connection that was closed) be noticed."""
        self.run(come_round())

    def close(self) -> None:
        """Cancel what is still running, then end the thread."""
        self.run(self._cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    async def _cancel_all(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def come_round(turns: int = TURNS) -> float:
    """Let the loop notice what has arrived by now, and return this moment: what it has not noticed came later.

    The moment is taken first: before it could be taken afterwards, this thread may lose its core for long.
    """
    now_s = time.perf_counter()
    for _ in range(turns):
        await asyncio.sleep(0)
    return now_s
