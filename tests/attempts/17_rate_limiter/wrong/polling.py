# BUSY_WAIT: is there a token? is there one now? and now?
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.since = burst, time.monotonic()
        self.turns = {}

    async def acquire(self):
        async with self.turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
            while self.count() < 1:
                await asyncio.sleep(0)
            self.tokens -= 1

    def count(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now
        return self.tokens
