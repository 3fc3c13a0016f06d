# NO_CANCEL: whoever is cancelled is let through.
import asyncio
import contextlib
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.since = burst, time.monotonic()
        self.turns = {}

    async def acquire(self):
        with contextlib.suppress(asyncio.CancelledError):
            async with self.turns.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
                while self.count() < 1:
                    await asyncio.sleep((1 - self.tokens) / self.rate)
                self.tokens -= 1

    def count(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now
        return self.tokens
