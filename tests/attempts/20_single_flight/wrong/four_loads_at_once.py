# UNDER_USED: a semaphore lets four loads run at a time, whatever their keys.
import asyncio
from collections import Counter
from functools import partial


class Once:
    def __init__(self, keep: float) -> None:
        self.keep = keep
        self.tasks = {}
        self.waiting = Counter()
        self.slots = asyncio.Semaphore(4)  # be polite to the server behind it

    async def politely(self, key, load):
        async with self.slots:
            return await load(key)

    async def get(self, key, load):
        task = self.tasks.get(key)
        if task is None:
            task = self.tasks[key] = asyncio.create_task(self.politely(key, load))
            task.add_done_callback(partial(self.ended, key))
        self.waiting[task] += 1
        try:
            return await asyncio.shield(task)
        finally:
            self.waiting[task] -= 1
            if not self.waiting[task]:
                del self.waiting[task]
                if not task.done():
                    self.forget(key, task)
                    task.cancel()
                    await asyncio.wait([task])

    def ended(self, key, task):
        failed = task.cancelled() or task.exception() is not None
        if self.keep > 0 and not failed and self.tasks.get(key) is task:
            asyncio.get_running_loop().call_later(self.keep, self.forget, key, task)
        else:
            self.forget(key, task)

    def forget(self, key, task):
        if self.tasks.get(key) is task:
            del self.tasks[key]
