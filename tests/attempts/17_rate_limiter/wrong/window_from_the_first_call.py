# OVER_LIMIT: a window begins with the first call after the last one; at its end both bursts come at once.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.burst = burst
        self.window_s = burst / rate
        self.begun_s = 0.0
        self.count = 0
        self.turns = {}

    async def acquire(self):
        async with self.turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
            left_s = self.begun_s + self.window_s - time.monotonic()
            if left_s > 0 and self.count >= self.burst:
                await asyncio.sleep(left_s)
                left_s = 0
            if left_s <= 0:
                self.begun_s, self.count = time.monotonic(), 0
            self.count += 1
