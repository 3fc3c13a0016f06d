# UNDER_USED: one lock for all limiters: who sleeps for a token of one holds up the callers of the others.
import asyncio
import time
from weakref import WeakKeyDictionary

turns: WeakKeyDictionary = WeakKeyDictionary()  # a lock belongs to one event loop: one for each


def turn() -> asyncio.Lock:
    return turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())


class RateLimiter:
    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self._tokens = float(burst)
        self._counted_s = time.monotonic()

    def _count(self) -> float:
        now_s = time.monotonic()
        self._tokens = min(self.burst, self._tokens + (now_s - self._counted_s) * self.rate)
        self._counted_s = now_s
        return self._tokens

    async def acquire(self) -> None:
        async with turn():
            while (missing := 1 - self._count()) > 0:
                await asyncio.sleep(missing / self.rate)
            self._tokens -= 1
