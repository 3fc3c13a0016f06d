# LEAK_TASK: `forget(key)` is called at once, where call_later should call it.
# Says: Hand over the function itself, for the event loop to call: `call_later(self.keep, self.forget, key)`
import asyncio


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.tasks = {}

    def forget(self, key):
        self.tasks.pop(key, None)

    async def get(self, key, load):
        if key not in self.tasks:
            self.tasks[key] = asyncio.create_task(load(key))
            asyncio.get_running_loop().call_later(self.keep, self.forget(key))
        return await asyncio.shield(self.tasks[key])
