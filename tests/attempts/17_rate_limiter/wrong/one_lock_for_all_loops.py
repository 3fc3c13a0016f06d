# CRASHED: a lock on which somebody waited belongs to that event loop.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.since = burst, time.monotonic()
        self.turn = asyncio.Lock()

    async def acquire(self):
        async with self.turn:
            while self.count() < 1:
                await asyncio.sleep((1 - self.tokens) / self.rate)
            self.tokens -= 1

    def count(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now
        return self.tokens
