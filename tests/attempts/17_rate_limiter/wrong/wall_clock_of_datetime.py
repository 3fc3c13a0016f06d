# HANG: datetime.now() is the clock on the wall, too.
# Says: people and programs set
import asyncio
from datetime import datetime


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate = rate
        self.burst = burst
        self._tokens = float(burst)
        self._counted = datetime.now()
        self._loop = self._turn = None

    async def acquire(self):
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._turn = loop, asyncio.Lock()
        async with self._turn:
            while (missing := 1 - self._count()) > 0:
                await asyncio.sleep(missing / self.rate)
            self._tokens -= 1

    def _count(self):
        now = datetime.now()
        passed_s = (now - self._counted).total_seconds()
        self._tokens = min(self.burst, self._tokens + passed_s * self.rate)
        self._counted = now
        return self._tokens
