# DUPLICATE: a value is good for so long from the beginning of its load, and this one takes longer than that.
# Says: from the end of its load
import asyncio
import time


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.tasks = {}
        self.count = {}

    def forget(self, key, task):
        if key in self.tasks and self.tasks[key][0] is task:
            del self.tasks[key]

    async def get(self, key, load):
        if key in self.tasks:
            task, until = self.tasks[key]
            if task.done() and time.monotonic() >= until:
                del self.tasks[key]
        if key not in self.tasks:
            task = asyncio.create_task(load(key))
            self.tasks[key] = task, time.monotonic() + self.keep
            task.add_done_callback(lambda task: self.ended(key, task))
        task, _ = self.tasks[key]
        self.count[task] = self.count.get(task, 0) + 1
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if self.count[task] == 1 and not task.done():
                self.forget(key, task)
                task.cancel()
                await asyncio.wait([task])
            raise
        finally:
            self.count[task] -= 1
            if not self.count[task]:
                del self.count[task]

    def ended(self, key, task):
        if task.cancelled() or task.exception() or not self.keep:
            self.forget(key, task)
