"""Keep to a rate: a bucket of tokens that fills by itself, and a queue before it."""

import asyncio
import time


class RateLimiter:
    """Lets `rate` calls a second pass, and up to `burst` at once after a time in which fewer came."""

    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = float(burst)
        self._counted_s = time.monotonic()  # when the tokens were counted
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turn = asyncio.Lock()

    async def acquire(self) -> None:
        """Return when the caller may go ahead: when it is its turn, and there is a token, which it takes."""
        async with self._queue():  # first come, first served; who is cancelled leaves the queue
            while (missing := 1 - self._count()) > 0:
                await asyncio.sleep(missing / self.rate)
            self._tokens -= 1  # nothing is awaited any more: who has taken a token goes ahead

    def _queue(self) -> asyncio.Lock:
        """A lock belongs to the event loop on which somebody had to wait for it: another loop gets another one."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._turn = loop, asyncio.Lock()
        return self._turn

    def _count(self) -> float:
        """Add what has come since the last time, up to a full bucket."""
        now_s = time.monotonic()
        self._tokens = min(self.burst, self._tokens + (now_s - self._counted_s) * self.rate)
        self._counted_s = now_s
        return self._tokens
