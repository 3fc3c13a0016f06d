"""Each caller waits until the one before has gone, and remembers when the next one may go."""

import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.gap = 1 / rate
        self.slack = (burst - 1) / rate
        self.theoretical = -float("inf")
        self.tail = None
        self.loop = None

    async def acquire(self):
        loop = asyncio.get_running_loop()
        if loop is not self.loop:
            self.loop, self.tail = loop, None
        before, mine = self.tail, asyncio.Event()
        self.tail = mine
        try:
            if before is not None:
                await before.wait()
            while (early := self.theoretical - self.slack - time.monotonic()) > 0:
                await asyncio.sleep(early)
            self.theoretical = max(self.theoretical, time.monotonic()) + self.gap
        finally:
            if before is not None and not before.is_set():
                asyncio.ensure_future(self.pass_on(before, mine))
            else:
                mine.set()

    async def pass_on(self, before, mine):
        await before.wait()
        mine.set()
