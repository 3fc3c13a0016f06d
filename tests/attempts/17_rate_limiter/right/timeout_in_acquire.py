"""A token bucket, and a line of callers; tokens that nobody needed can be given back, which wakes the first in line."""

import asyncio
import time
from collections import deque
from contextlib import suppress


class RateLimiter:
    """Lets `rate` calls a second pass, and up to `burst` at once after a time in which fewer came."""

    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = float(burst)
        self._counted_s = time.monotonic()
        self._line: deque[asyncio.Event] = deque()
        self._more: asyncio.Event | None = None

    async def acquire(self) -> None:
        turn = asyncio.Event()  # for the one loop on which this caller waits
        self._line.append(turn)
        try:
            if self._line[0] is not turn:
                await turn.wait()
            while (missing := 1 - self._count()) > 0:
                self._more = asyncio.Event()
                with suppress(TimeoutError):
                    async with asyncio.timeout(missing / self.rate):
                        await self._more.wait()
            self._tokens -= 1  # nothing is awaited any more
        finally:
            self._line.remove(turn)
            if self._line:
                self._line[0].set()

    def give_back(self) -> None:
        """A call that was permitted is not made after all."""
        self._tokens = min(self.burst, self._count() + 1)
        if self._more is not None:
            self._more.set()

    def _count(self) -> float:
        now_s = time.monotonic()
        self._tokens = min(self.burst, self._tokens + (now_s - self._counted_s) * self.rate)
        self._counted_s = now_s
        return self._tokens
