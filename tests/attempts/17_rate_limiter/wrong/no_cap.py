# OVER_LIMIT: tokens of an idle hour are all saved up.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate = rate
        self.tokens, self.since = burst, time.monotonic()
        self.turns = {}

    async def acquire(self):
        async with self.turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
            while True:
                now = time.monotonic()
                self.tokens += (now - self.since) * self.rate
                self.since = now
                if self.tokens >= 1:
                    break
                await asyncio.sleep((1 - self.tokens) / self.rate)
            self.tokens -= 1
