# UNDER_USED: the tolerance is one call too small, so one caller fewer passes at once.
# Says: only 2 of 4
# Says: off by one
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.interval, self.tolerance = 1 / rate, (burst - 2) / rate
        self.tat = 0.0
        self.locks = {}

    async def acquire(self):
        lock = self.locks.setdefault(id(asyncio.get_running_loop()), asyncio.Lock())
        async with lock:
            while (wait := self.tat - self.tolerance - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            self.tat = max(self.tat, time.monotonic()) + self.interval
