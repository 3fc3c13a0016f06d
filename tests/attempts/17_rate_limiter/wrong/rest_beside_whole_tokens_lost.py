# UNDER_USED: only whole tokens are added, and the part that had come beside them is forgotten.
# Says: Of two pairs of calls
import asyncio
import time


class RateLimiter:
    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self.tokens = burst
        self.last = time.monotonic()
        self.loop = None
        self.lock = None

    def refill(self) -> None:
        now = time.monotonic()
        new = int((now - self.last) * self.rate)
        if new > 0:
            self.tokens = min(self.burst, self.tokens + new)
            self.last = now

    async def acquire(self) -> None:
        loop = asyncio.get_running_loop()
        if self.loop is not loop:
            self.loop, self.lock = loop, asyncio.Lock()
        async with self.lock:
            self.refill()
            while self.tokens < 1:
                await asyncio.sleep(max(0.0, self.last + 1 / self.rate - time.monotonic()))
                self.refill()
            self.tokens -= 1
