# OVER_LIMIT: a semaphore limits how many are under way, not how many begin.
import asyncio


class RateLimiter:
    def __init__(self, rate, burst):
        self.slots = asyncio.Semaphore(rate)

    async def acquire(self):
        async with self.slots:
            pass
