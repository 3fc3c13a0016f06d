"""A line of tickets; the first in it waits until enough has leaked out of the bucket."""

import asyncio
from collections import deque
from time import perf_counter as now


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.times = deque(maxlen=burst)
        self.level, self.when = 0.0, now()
        self.line, self.loop = deque(), None

    def leak(self):
        t = now()
        self.level = max(0.0, self.level - (t - self.when) * self.rate)
        self.when = t
        return self.level + 1 - self.burst

    async def acquire(self):
        loop = asyncio.get_running_loop()
        if self.loop is not loop:
            self.loop, self.line, self.moved = loop, deque(), asyncio.Condition()
        ticket = object()
        self.line.append(ticket)
        try:
            async with self.moved:
                await self.moved.wait_for(lambda: self.line[0] is ticket)
            while (over := self.leak()) > 0:
                await asyncio.sleep(over / self.rate)
            self.level += 1
        finally:
            self.line.remove(ticket)
            await asyncio.shield(self.tell())

    async def tell(self):
        async with self.moved:
            self.moved.notify_all()
