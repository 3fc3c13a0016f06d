# ORDER: who comes again at once takes the turn of those who wait.
# Says: 'call 2 again' was let through before
"""Go style: a channel with one permit in it is the mutex. (A task that comes again at once overtakes those who wait.)"""
import asyncio
import time


class RateLimiter:
    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = float(burst)
        self._at = time.monotonic()
        self._loop = None

    def _count(self):
        now = time.monotonic()
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.rate)
        self._at = now
        return self._tokens

    async def acquire(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._permit = loop, asyncio.Queue(1)
            self._permit.put_nowait(None)
        permit = self._permit
        await permit.get()
        try:
            while (missing := 1 - self._count()) > 0:
                await asyncio.sleep(missing / self.rate)
            self._tokens -= 1
        finally:
            permit.put_nowait(None)
