# LOST: the token is taken, then waited for, and lost if nobody waits any longer.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.since = burst, time.monotonic()

    async def acquire(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate) - 1
        self.since = now
        if self.tokens < 0:
            await asyncio.sleep(-self.tokens / self.rate)
