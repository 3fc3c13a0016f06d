# DUPLICATE: a value that counts as false is not kept.
# Says: also None
import asyncio
from collections import Counter


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.tasks = {}
        self.waiting = Counter()

    async def get(self, key, load):
        task = self.tasks.get(key)
        if task is None:
            task = self.tasks[key] = asyncio.create_task(load(key))
            task.add_done_callback(lambda t: self._ended(key, t))
        self.waiting[task] += 1
        try:
            return await asyncio.shield(task)
        finally:
            self.waiting[task] -= 1
            if not self.waiting[task]:
                del self.waiting[task]
                if not task.done():
                    self._forget(key, task)
                    task.cancel()
                    await asyncio.wait([task])

    def _ended(self, key, task):
        if self.keep > 0 and not task.cancelled() and task.exception() is None and task.result():
            asyncio.get_running_loop().call_later(self.keep, self._forget, key, task)
        else:
            self._forget(key, task)

    def _forget(self, key, task):
        if self.tasks.get(key) is task:
            del self.tasks[key]
