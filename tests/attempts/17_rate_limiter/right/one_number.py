# All that has to be known is one moment: when the bucket will be full again.
import asyncio
from time import monotonic


class RateLimiter:
    def __init__(self, rate, burst):
        self.each = 1 / rate
        self.saved = (burst - 1) / rate
        self.full_at = monotonic()
        self.queue = None

    async def acquire(self):
        if self.queue is None or self.queue[0] is not asyncio.get_running_loop():
            self.queue = asyncio.get_running_loop(), asyncio.Lock()
        async with self.queue[1]:
            left = self.full_at - self.saved - monotonic()
            if left > 0:
                await asyncio.sleep(left)
            self.full_at = max(self.full_at, monotonic()) + self.each
