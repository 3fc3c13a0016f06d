# LOST: whoever is first in the queue takes its token, and sleeps then: cancelled there, it keeps the token.
# Says: Three callers were cancelled while they slept
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.at = burst, time.monotonic()
        self.locks = {}

    async def acquire(self):
        async with self.locks.setdefault(id(asyncio.get_running_loop()), asyncio.Lock()):
            now = time.monotonic()
            self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate) - 1
            self.at = now
            if self.tokens < 0:
                await asyncio.sleep(-self.tokens / self.rate)
