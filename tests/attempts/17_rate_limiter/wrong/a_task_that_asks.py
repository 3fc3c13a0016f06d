# BUSY_WAIT: the callers wait for futures, and a task beside them asks again and again.
# Says: sleep until then
import asyncio
import time
from collections import deque


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.since = float(burst), time.monotonic()
        self.waiters = deque()
        self.server = None

    def take(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now
        if self.tokens >= 1:
            self.tokens -= 1
            return True
        return False

    async def acquire(self):
        if not self.waiters and self.take():
            return
        waiter = asyncio.get_running_loop().create_future()
        self.waiters.append(waiter)
        if self.server is None or self.server.done():
            self.server = asyncio.create_task(self.serve())
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self.tokens += 1
            raise

    async def serve(self):
        while self.waiters:
            if self.waiters[0].done():
                self.waiters.popleft()
            elif self.take():
                self.waiters.popleft().set_result(None)
            else:
                await asyncio.sleep(0)
