# HANG: the clock is the default of an argument, and it is the one on the wall.
# Says: people and programs set
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst, clock=time.time):
        self.rate = rate
        self.burst = burst
        self.clock = clock
        self.tokens, self.since = burst, clock()
        self.loop = self.turn = None

    async def acquire(self):
        if self.loop is not asyncio.get_running_loop():
            self.loop, self.turn = asyncio.get_running_loop(), asyncio.Lock()
        async with self.turn:
            while (missing := 1 - self.count()) > 0:
                await asyncio.sleep(missing / self.rate)
            self.tokens -= 1

    def count(self):
        now = self.clock()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now
        return self.tokens
