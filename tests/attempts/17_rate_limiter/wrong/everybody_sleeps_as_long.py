# OVER_LIMIT: sync.py with `await`: all callers sleep at the same time, and then pass at the same time.
# Says: Limit how many calls begin
import asyncio


class RateLimiter:
    def __init__(self, rate, burst):
        self.rate = rate
        self.burst = burst

    async def acquire(self):
        await asyncio.sleep(1 / self.rate)
