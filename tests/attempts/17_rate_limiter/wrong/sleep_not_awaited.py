# OVER_LIMIT: `asyncio.sleep` without `await` makes nobody wait.
# Says: calls `asyncio.sleep(...)`, and does not wait for it
import asyncio
import time


class RateLimiter:
    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = burst
        self._last = time.monotonic()
        self._lock = asyncio.Lock()

    async def acquire(self) -> None:
        async with self._lock:
            now = time.monotonic()
            self._tokens = min(self.burst, self._tokens + (now - self._last) * self.rate)
            self._last = now
            if self._tokens < 1:
                asyncio.sleep((1 - self._tokens) / self.rate)
            self._tokens -= 1
