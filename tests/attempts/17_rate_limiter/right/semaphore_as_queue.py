# A semaphore with one slot is a queue too; a call that is let through is counted, whole tokens at a time.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.used, self.zero_s = 0, time.perf_counter()
        self.slots = {}

    async def acquire(self):
        loop = asyncio.get_running_loop()
        slot = self.slots.get(loop)
        if slot is None:
            slot = self.slots[loop] = asyncio.Semaphore(1)
        async with slot:
            while True:
                earned = (time.perf_counter() - self.zero_s) * self.rate
                self.used = max(self.used, earned)  # what was not used up to now: at most a burst of it is kept
                if self.used + 1 <= earned + self.burst:
                    break
                await asyncio.sleep((self.used + 1 - earned - self.burst) / self.rate)
            self.used += 1
