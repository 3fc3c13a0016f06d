# HANG: the load fails, and nobody sets the event for which the others wait.
import asyncio


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.values = {}
        self.events = {}

    async def get(self, key, load):
        if key in self.values:
            return self.values[key]
        if key in self.events:
            await self.events[key].wait()
            return self.values[key]
        self.events[key] = asyncio.Event()
        self.values[key] = await load(key)
        self.events.pop(key).set()
        asyncio.get_running_loop().call_later(self.keep, self.values.pop, key)
        return self.values[key]
