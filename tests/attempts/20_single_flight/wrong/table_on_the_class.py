# WRONG_RESULT: the table of loads belongs to the class, and all objects share it.
import asyncio
from functools import partial


class Once:
    tasks: dict = {}  # key: the task that loads it, or has loaded it

    def __init__(self, keep: float) -> None:
        self.keep = keep
        self.waiting: dict = {}

    async def get(self, key, load):
        task = self.tasks.get(key)
        if task is None:
            task = self.tasks[key] = asyncio.create_task(load(key))
            task.add_done_callback(partial(self.ended, key))
        self.waiting[task] = self.waiting.get(task, 0) + 1
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
