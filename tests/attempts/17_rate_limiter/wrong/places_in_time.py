# LOST: everybody gets a moment when coming, and whoever is cancelled keeps it.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.each, self.saved = 1 / rate, (burst - 1) / rate
        self.full_at = time.monotonic()

    async def acquire(self):
        now = time.monotonic()
        moment = max(now, self.full_at - self.saved)
        self.full_at = max(now, self.full_at) + self.each
        await asyncio.sleep(moment - now)
