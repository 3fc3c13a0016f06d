"""The counts are kept beside the tasks; a coroutine around the load takes it out of the dictionary in time."""

import asyncio
from collections import Counter


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.tasks = {}
        self.waiting = Counter()

    async def fly(self, key, load):
        task = asyncio.current_task()
        try:
            value = await load(key)
        except BaseException:
            self.forget(key, task)
            raise
        asyncio.get_running_loop().call_later(self.keep, self.forget, key, task)
        return value

    def forget(self, key, task):
        if self.tasks.get(key) is task:
            del self.tasks[key]

    async def get(self, key, load):
        if key not in self.tasks:
            self.tasks[key] = asyncio.create_task(self.fly(key, load))
        task = self.tasks[key]
        self.waiting[task] += 1
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if self.waiting[task] == 1 and not task.done():
                self.forget(key, task)
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            raise
        finally:
            self.waiting[task] -= 1
            if not self.waiting[task]:
                del self.waiting[task]
