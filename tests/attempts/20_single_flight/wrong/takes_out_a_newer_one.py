# DUPLICATE: a cancelled load, when it has tidied up, removes the newer load of its key.
# Says: takes out only itself
import asyncio


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.tasks = {}
        self.count = {}

    def ended(self, key, task):
        if not task.cancelled() and not task.exception() and self.keep:
            asyncio.get_running_loop().call_later(self.keep, self.tasks.pop, key, None)
        else:
            self.tasks.pop(key, None)

    async def get(self, key, load):
        if key not in self.tasks:
            self.tasks[key] = asyncio.create_task(load(key))
            self.tasks[key].add_done_callback(lambda task: self.ended(key, task))
        task = self.tasks[key]
        self.count[task] = self.count.get(task, 0) + 1
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if self.count[task] == 1 and not task.done():
                self.tasks.pop(key, None)
                task.cancel()
                await asyncio.wait([task])
            raise
        finally:
            self.count[task] -= 1
            if not self.count[task]:
                del self.count[task]
