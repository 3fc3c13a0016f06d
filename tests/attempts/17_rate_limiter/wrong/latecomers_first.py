# ORDER: whoever comes when there is a token takes it, whoever waits.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.since = burst, time.monotonic()

    async def acquire(self):
        while self.count() < 1:
            await asyncio.sleep((1 - self.tokens) / self.rate)
        self.tokens -= 1

    def count(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now
        return self.tokens
