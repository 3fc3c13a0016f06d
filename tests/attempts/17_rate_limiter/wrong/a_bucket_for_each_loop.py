# OVER_LIMIT: with a new lock for a new event loop comes a new bucket, a full one.
# Says: A limiter has one bucket
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.loop = None

    def count(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return self.tokens

    async def acquire(self):
        if self.loop is not asyncio.get_running_loop():
            self.loop, self.lock = asyncio.get_running_loop(), asyncio.Lock()
            self.tokens, self.at = self.burst, time.monotonic()
        async with self.lock:
            while self.count() < 1:
                await asyncio.sleep((1 - self.tokens) / self.rate)
            self.tokens -= 1
