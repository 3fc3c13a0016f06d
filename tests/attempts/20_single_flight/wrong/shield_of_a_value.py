# CRASHED: what is kept is the value, and not the task: whoever comes later awaits a value.
# Says: This is a result already: something was awaited too early.
import asyncio


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.tasks = {}

    async def get(self, key, load):
        if key not in self.tasks:
            self.tasks[key] = await asyncio.create_task(load(key))
        return await asyncio.shield(self.tasks[key])
