# ORDER: a stack of waiters, of which the last is let through first.
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.since = burst, time.monotonic()
        self.waiters = []

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
            if waiter in self.waiters:
                self.waiters.remove(waiter)
            elif not waiter.cancelled():  # its token had come, and is the next one's
                self.tokens += 1
                if self.waiters:
                    self.let_through()
            raise

    def refill(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now

    def set_timer(self):
        asyncio.get_running_loop().call_later(max(0, 1 - self.tokens) / self.rate, self.let_through)

    def let_through(self):
        self.refill()
        while self.waiters and (self.tokens >= 1 or self.waiters[-1].done()):
            waiter = self.waiters.pop()
            if not waiter.done():
                self.tokens -= 1
                waiter.set_result(None)
        if self.waiters:
            self.set_timer()
