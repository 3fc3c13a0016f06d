# LEAK_TASK: a task that fills the bucket for ever, and belongs to one event loop.
import asyncio


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.bucket = None

    async def acquire(self):
        if self.bucket is None:
            self.bucket = asyncio.Queue(self.burst)
            for _ in range(self.burst):
                self.bucket.put_nowait(None)
            self.task = asyncio.create_task(self.refill())
        await self.bucket.get()

    async def refill(self):
        while True:
            await asyncio.sleep(1 / self.rate)
            if not self.bucket.full():
                self.bucket.put_nowait(None)
