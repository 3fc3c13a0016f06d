# LEAK_TASK: nobody cancels a load that nobody waits for, and old values stay for ever.
import asyncio
import time


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.values = {}
        self.tasks = {}

    async def get(self, key, load):
        if key in self.values and time.monotonic() < self.values[key][1]:
            return self.values[key][0]
        if key not in self.tasks:
            self.tasks[key] = asyncio.create_task(self._load(key, load))
        return await asyncio.shield(self.tasks[key])

    async def _load(self, key, load):
        try:
            value = await load(key)
            self.values[key] = value, time.monotonic() + self.keep
            return value
        finally:
            del self.tasks[key]
