# OVER_LIMIT: whoever finds a part of a token passes.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = float(burst)
        self._updated = time.monotonic()
        self._loop = None
        self._lock = None

    def _refill(self) -> None:
        now = time.monotonic()
        self._tokens = min(self.burst, self._tokens + (now - self._updated) * self.rate)
        self._updated = now

    async def acquire(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._lock = loop, asyncio.Lock()
        async with self._lock:
            self._refill()
            while self._tokens <= 0:
                await asyncio.sleep(max(-self._tokens, 1e-3) / self.rate)
                self._refill()
            self._tokens -= 1
