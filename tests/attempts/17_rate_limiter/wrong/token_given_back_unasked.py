# OVER_LIMIT: whoever is cancelled while waiting gives back a token that it never took.
# Says: only if it has taken one
import asyncio
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.at = burst, time.monotonic()
        self.locks = {}

    def refill(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now

    async def acquire(self):
        lock = self.locks.setdefault(id(asyncio.get_running_loop()), asyncio.Lock())
        try:
            async with lock:
                self.refill()
                while self.tokens < 1:
                    await asyncio.sleep((1 - self.tokens) / self.rate)
                    self.refill()
                self.tokens -= 1
        except asyncio.CancelledError:
            self.tokens += 1
            raise
