# WORK_SKIPPED: each time that a kept value is asked for, its time begins anew.
# Says: however often
import asyncio
from collections import Counter


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.tasks = {}
        self.timers = {}
        self.waiting = Counter()

    async def get(self, key, load):
        task = self.tasks.get(key)
        if task is None:
            task = self.tasks[key] = asyncio.create_task(load(key))
            task.add_done_callback(lambda t: self._ended(key, t))
        elif task.done():
            self._ended(key, task)
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
        if self.keep > 0 and not task.cancelled() and task.exception() is None:
            if key in self.timers:
                self.timers.pop(key).cancel()
            self.timers[key] = asyncio.get_running_loop().call_later(self.keep, self._forget, key, task)
        else:
            self._forget(key, task)

    def _forget(self, key, task):
        if self.tasks.get(key) is task:
            del self.tasks[key]
            self.timers.pop(key, None)
