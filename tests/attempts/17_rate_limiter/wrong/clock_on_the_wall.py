# HANG: time.time() may be set back, and then no token comes for an hour.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.since = burst, time.time()
        self.turns = {}

    async def acquire(self):
        async with self.turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
            while self.count() < 1:
                await asyncio.sleep((1 - self.tokens) / self.rate)
            self.tokens -= 1

    def count(self):
        now = time.time()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now
        return self.tokens
