# OVER_LIMIT: at the border of two windows, both bursts come at once.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.burst, self.seconds = burst, burst / rate
        self.begun, self.count = time.monotonic(), 0
        self.turns = {}

    async def acquire(self):
        async with self.turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
            if self.count == self.burst:
                await asyncio.sleep(max(0, self.begun + self.seconds - time.monotonic()))
            while time.monotonic() >= self.begun + self.seconds:
                self.begun, self.count = self.begun + self.seconds, 0
            self.count += 1
