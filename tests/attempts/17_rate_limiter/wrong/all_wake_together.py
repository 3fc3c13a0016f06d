# OVER_LIMIT: a new token wakes everybody who waits, and nobody looks whether it is still there.
import asyncio


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens = burst
        self.timer = None
        self.more = None

    async def acquire(self):
        if self.tokens < 1:
            if self.timer is None:
                self.more = asyncio.Event()
                self.timer = asyncio.get_running_loop().call_later(1 / self.rate, self.refill)
            await self.more.wait()
        self.tokens -= 1

    def refill(self):
        self.timer = None
        self.tokens = min(self.burst, max(0, self.tokens) + 1)
        self.more.set()
