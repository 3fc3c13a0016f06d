"""Each caller has a future of its own; the load fills in those that are still wanted."""

import asyncio


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.values = {}
        self.waiters = {}
        self.tasks = {}

    async def get(self, key, load):
        if key in self.values:
            return self.values[key]
        future = asyncio.get_running_loop().create_future()
        if key not in self.waiters:
            self.waiters[key] = set()
            self.tasks[key] = asyncio.create_task(self.fly(key, load, self.waiters[key]))
        waiters, task = self.waiters[key], self.tasks[key]
        waiters.add(future)
        try:
            return await future
        except asyncio.CancelledError:
            waiters.discard(future)
            if not waiters and not task.done():
                if self.waiters.get(key) is waiters:
                    del self.waiters[key], self.tasks[key]
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            raise

    async def fly(self, key, load, waiters):
        try:
            value = await load(key)
        except Exception as error:
            self.land(key, waiters)
            for future in waiters:
                if not future.done():
                    future.set_exception(error)
        else:
            self.land(key, waiters)
            if self.keep:
                self.values[key] = value
                asyncio.get_running_loop().call_later(self.keep, self.values.pop, key)
            for future in waiters:
                if not future.done():
                    future.set_result(value)

    def land(self, key, waiters):
        if self.waiters.get(key) is waiters:
            del self.waiters[key], self.tasks[key]
