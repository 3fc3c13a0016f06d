# UNBOUNDED: what is counted for a key stays when all who wanted it have gone.
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
        self.waiting[key, task] += 1
        try:
            return await asyncio.shield(task)
        finally:
            self.waiting[key, task] -= 1
            if not self.waiting[key, task]:
                if task.done():
                    del self.waiting[key, task]
                else:
                    self._forget(key, task)
                    task.cancel()
                    await asyncio.wait([task])

    def _ended(self, key, task):
        if self.keep > 0 and not task.cancelled() and task.exception() is None:
            asyncio.get_running_loop().call_later(self.keep, self._forget, key, task)
        else:
            self._forget(key, task)

    def _forget(self, key, task):
        if self.tasks.get(key) is task:
            del self.tasks[key]
