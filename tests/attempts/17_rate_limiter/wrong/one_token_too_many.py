# OVER_LIMIT: whoever finds no token left goes ahead all the same, once: 0 is not 1.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate = rate
        self.burst = burst
        self.tokens = burst
        self.counted_s = time.monotonic()
        self.loop = None

    async def acquire(self):
        loop = asyncio.get_running_loop()
        if loop is not self.loop:
            self.loop, self.lock = loop, asyncio.Lock()
        async with self.lock:
            while self.count() < 0:
                await asyncio.sleep(-self.tokens / self.rate)
            self.tokens -= 1

    def count(self):
        now_s = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now_s - self.counted_s) * self.rate)
        self.counted_s = now_s
        return self.tokens
