# DEADLOCK: whoever had to sleep for a token goes without letting go of the lock.
# Says: lets go, whatever happens
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate = rate
        self.burst = burst
        self.tokens = burst
        self.last = time.monotonic()
        self.lock = asyncio.Lock()

    async def acquire(self):
        await self.lock.acquire()
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.last) * self.rate)
        self.last = now
        if self.tokens < 1:
            await asyncio.sleep((1 - self.tokens) / self.rate)
            self.tokens = 0
            self.last = time.monotonic()
        else:
            self.tokens -= 1
            self.lock.release()
