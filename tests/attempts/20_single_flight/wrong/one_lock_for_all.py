# SERIAL: one lock for all keys: each load waits for the one before.
import asyncio
import time


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.values = {}
        self.lock = asyncio.Lock()

    async def get(self, key, load):
        async with self.lock:
            value, until = self.values.get(key, (None, 0))
            if time.monotonic() < until:
                return value
            value = await load(key)
            self.values[key] = value, time.monotonic() + self.keep
            return value
