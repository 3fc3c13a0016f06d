# The moments of the last calls: each waits until the one that is `burst` places before it is long enough ago.
import asyncio
from collections import deque
from time import monotonic


class RateLimiter:
    def __init__(self, rate, burst):
        self.seconds = burst / rate
        self.moments = deque(maxlen=burst)
        self.locks = {}

    async def acquire(self):
        loop = asyncio.get_running_loop()
        async with self.locks.setdefault(loop, asyncio.Lock()):
            if len(self.moments) == self.moments.maxlen:
                while (left := self.moments[0] + self.seconds - monotonic()) > 0:
                    await asyncio.sleep(left)
            self.moments.append(monotonic())
