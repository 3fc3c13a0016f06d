# UNDER_USED: one token at a time; nothing is saved up while nobody is there.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate = rate
        self.turns = {}

    async def acquire(self):
        async with self.turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
            await asyncio.sleep(1 / self.rate)
