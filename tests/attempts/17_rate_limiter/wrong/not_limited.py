# OVER_LIMIT: a limiter that limits nothing.
import asyncio


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst

    async def acquire(self):
        await asyncio.sleep(1 / self.rate)
