# ORDER: who comes again at once takes the turn of those who wait.
# Says: 'call 2 again' was let through before
"""A flag and an Event as the lock: all wake up, and whoever comes at the right moment overtakes."""
import asyncio
import time


class RateLimiter:
    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = float(burst)
        self._at = time.monotonic()
        self._busy = False
        self._waiters = []

    def _count(self):
        now = time.monotonic()
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.rate)
        self._at = now
        return self._tokens

    async def acquire(self) -> None:
        while self._busy:
            fut = asyncio.get_running_loop().create_future()
            self._waiters.append(fut)
            try:
                await fut
            finally:
                if fut in self._waiters:
                    self._waiters.remove(fut)
        self._busy = True
        try:
            while (missing := 1 - self._count()) > 0:
                await asyncio.sleep(missing / self.rate)
            self._tokens -= 1
        finally:
            self._busy = False
            for fut in self._waiters:
                if not fut.done():
                    fut.set_result(None)
                    break
