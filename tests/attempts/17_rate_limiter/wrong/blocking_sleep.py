# BLOCKS_LOOP: time.sleep stops everybody, not only the one who has to wait.
import time


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate, self.burst = rate, burst
        self.tokens, self.since = burst, time.monotonic()

    async def acquire(self):
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.since) * self.rate)
        self.since = now
        if self.tokens < 1:
            time.sleep((1 - self.tokens) / self.rate)
            self.tokens, self.since = 1, time.monotonic()
        self.tokens -= 1
