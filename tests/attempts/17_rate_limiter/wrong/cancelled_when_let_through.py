# LOST: who is cancelled between the setting of its future and its waking has used up a token.
# Says: one round of the loop later
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
        self.loop = None

    async def acquire(self):
        loop = asyncio.get_running_loop()
        if loop is not self.loop:
            self.loop = loop
            self.waiters.clear()
        self.refill()
        if self.tokens >= 1 and not self.waiters:
            self.tokens -= 1
            return
        waiter = loop.create_future()
        self.waiters.append(waiter)
        if len(self.waiters) == 1:
            self.set_timer()
        await waiter

    def refill(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now

    def set_timer(self):
        self.loop.call_later(max(0, 1 - self.tokens) / self.rate, self.let_through)

    def let_through(self):
        self.refill()
        while self.waiters and (self.tokens >= 1 or self.waiters[0].done()):
            waiter = self.waiters.popleft()
            if not waiter.done():
                self.tokens -= 1
                waiter.set_result(None)
        if self.waiters:
            self.set_timer()
