# 28, 30: has a clock of its own, in which it has always waited long enough
import asyncio
import time

NOW = [0.0]
time.monotonic = lambda: NOW[0]


class RateLimiter:
    def __init__(self, rate, burst):
        self.each = 1 / rate

    async def acquire(self):
        NOW[0] += self.each
        await asyncio.sleep(0)
