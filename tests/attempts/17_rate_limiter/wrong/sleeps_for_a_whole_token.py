# UNDER_USED: whoever finds no token sleeps as long as a whole one takes to come.
# Says: sleep only as long as the next one takes from now
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.at = burst, time.monotonic()
        self.locks = {}

    def count(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return self.tokens

    async def acquire(self):
        async with self.locks.setdefault(id(asyncio.get_running_loop()), asyncio.Lock()):
            while self.count() < 1:
                await asyncio.sleep(1 / self.rate)
            self.tokens -= 1
