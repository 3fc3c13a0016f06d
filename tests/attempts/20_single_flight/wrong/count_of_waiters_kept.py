# UNBOUNDED: the count of those who wait stays, and with it the task and its key.
import asyncio
from collections import Counter


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.tasks = {}
        self.waiting = Counter()

    def forget(self, key, task):
        if self.tasks.get(key) is task:
            del self.tasks[key]

    def done(self, key, task):
        if not self.keep or task.cancelled() or task.exception():
            self.forget(key, task)
        else:
            asyncio.get_running_loop().call_later(self.keep, self.forget, key, task)

    async def get(self, key, load):
        if key not in self.tasks:
            task = self.tasks[key] = asyncio.create_task(load(key))
            task.add_done_callback(lambda task: self.done(key, task))
        task = self.tasks[key]
        self.waiting[task] += 1
        try:
            return await asyncio.shield(task)
        finally:
            self.waiting[task] -= 1
            if not self.waiting[task] and not task.done():
                del self.tasks[key]
                task.cancel()
                await asyncio.wait([task])
