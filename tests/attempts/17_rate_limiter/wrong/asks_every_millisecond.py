# BUSY_WAIT: looks a thousand times a second whether there is a token.
# Says: sleep until then
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.since = float(burst), time.monotonic()
        self.loop = self.turn = None

    async def acquire(self):
        loop = asyncio.get_running_loop()
        if loop is not self.loop:
            self.loop, self.turn = loop, asyncio.Lock()
        async with self.turn:
            while self.count() < 1:
                await asyncio.sleep(0.001)
            self.tokens -= 1

    def count(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now
        return self.tokens
