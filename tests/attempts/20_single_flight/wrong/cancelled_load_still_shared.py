# WRONG_RESULT: who asks while the cancelled load tidies up is told that it was cancelled.
# Says: even if nobody has cancelled *them*
import asyncio
import weakref


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.tasks = {}
        self.waiting = weakref.WeakKeyDictionary()

    async def get(self, key, load):
        task = self.tasks.get(key)
        if task is None:
            task = self.tasks[key] = asyncio.create_task(load(key))
            self.waiting[task] = 0
            task.add_done_callback(lambda task: self.loaded(key, task))
        self.waiting[task] += 1
        try:
            return await asyncio.shield(task)
        finally:
            self.waiting[task] -= 1
            if not self.waiting[task] and not task.done():
                task.cancel()
                await asyncio.wait([task])

    def loaded(self, key, task):
        if self.keep and not task.cancelled() and not task.exception():
            asyncio.get_running_loop().call_later(self.keep, self.forget, key, task)
        else:
            self.forget(key, task)

    def forget(self, key, task):
        if self.tasks.get(key) is task:
            del self.tasks[key]
