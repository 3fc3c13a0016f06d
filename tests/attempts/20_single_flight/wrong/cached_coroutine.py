# CRASHED: a coroutine can be awaited once; what is shared must be a task.
# Says: can be awaited only once
class Once:
    def __init__(self, keep):
        self.keep = keep
        self.loads = {}

    async def get(self, key, load):
        if key not in self.loads:
            self.loads[key] = load(key)
        return await self.loads[key]
