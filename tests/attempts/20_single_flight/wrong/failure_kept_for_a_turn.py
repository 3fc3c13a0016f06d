# WRONG_RESULT: where values are kept, a failure is for one round of the event loop.
# Says: comes after who asks again at once
import asyncio


class Load:
    def __init__(self, coroutine):
        self.task = asyncio.create_task(coroutine)
        self.waiting = 0


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.loads = {}

    async def get(self, key, load):
        current = self.loads.get(key)
        if current is None:
            current = self.loads[key] = Load(load(key))
            current.task.add_done_callback(lambda task: self.loaded(key, current))
        current.waiting += 1
        try:
            return await asyncio.shield(current.task)
        finally:
            current.waiting -= 1
            if not current.waiting and not current.task.done():
                self.forget(key, current)
                current.task.cancel()
                await asyncio.wait([current.task])

    def loaded(self, key, current):
        if not self.keep:
            self.forget(key, current)  # nothing is kept, not even for a turn
            return
        failed = current.task.cancelled() or current.task.exception() is not None
        asyncio.get_running_loop().call_later(0 if failed else self.keep, self.forget, key, current)

    def forget(self, key, current):
        if self.loads.get(key) is current:
            del self.loads[key]
