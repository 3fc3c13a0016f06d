# DUPLICATE: who began the load puts the value away for all, and does not if he is cancelled.
# Says: let the load do that itself
import asyncio


class Load:
    def __init__(self, coroutine):
        self.task = asyncio.create_task(coroutine)
        self.waiting = 0


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.loads = {}
        self.values = {}

    async def get(self, key, load):
        if key in self.values:
            return self.values[key]
        current = self.loads.get(key)
        first = current is None
        if first:
            current = self.loads[key] = Load(load(key))
            current.task.add_done_callback(lambda task: self.forget(key, current))
        current.waiting += 1
        try:
            value = await asyncio.shield(current.task)
        finally:
            current.waiting -= 1
            if not current.waiting and not current.task.done():
                self.forget(key, current)
                current.task.cancel()
                await asyncio.wait([current.task])
        if first and self.keep:
            self.values[key] = value
            asyncio.get_running_loop().call_later(self.keep, self.values.pop, key)
        return value

    def forget(self, key, current):
        if self.loads.get(key) is current:
            del self.loads[key]
