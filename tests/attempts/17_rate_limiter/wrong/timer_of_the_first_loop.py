# HANG: the timer ends with its loop, and who was cancelled there stays at the head of the queue.
# Says: belong to one event loop
import asyncio
import time
from collections import deque


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate = rate
        self.burst = burst
        self.tokens = burst
        self.since = time.monotonic()
        self.waiters = deque()

    async def acquire(self):
        self.refill()
        if self.tokens >= 1 and not self.waiters:
            self.tokens -= 1
            return
        waiter = asyncio.get_running_loop().create_future()
        self.waiters.append(waiter)
        if len(self.waiters) == 1:
            self.set_timer()
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self.tokens += 1  # it had just been let through
            raise

    def refill(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now

    def set_timer(self):
        asyncio.get_running_loop().call_later(max(0, 1 - self.tokens) / self.rate, self.let_through)

    def let_through(self):
        self.refill()
        while self.waiters and (self.tokens >= 1 or self.waiters[0].done()):
            waiter = self.waiters.popleft()
            if not waiter.done():
                self.tokens -= 1
                waiter.set_result(None)
        if self.waiters:
            self.set_timer()
