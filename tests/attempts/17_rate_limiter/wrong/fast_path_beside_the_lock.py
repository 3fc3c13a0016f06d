# ORDER: a lock that was just released is free, although others wait for it.
# Says: 'call 3 again' was let through
import asyncio
import time


class RateLimiter:
    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = float(burst)
        self._at = time.monotonic()
        self._loop = None
        self._lock = None

    def _available(self) -> float:
        now = time.monotonic()
        self._tokens = min(float(self.burst), self._tokens + (now - self._at) * self.rate)
        self._at = now
        return self._tokens

    async def acquire(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._lock = loop, asyncio.Lock()
        # fast path: nobody is waiting and there is a token
        if not self._lock.locked() and self._available() >= 1:
            self._tokens -= 1
            return
        async with self._lock:
            while (missing := 1 - self._available()) > 0:
                await asyncio.sleep(missing / self.rate)
            self._tokens -= 1
