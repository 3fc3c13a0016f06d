# DUPLICATE: who began the load takes it out of the dictionary when he is cancelled, and the load goes on for others.
# Says: not the end of a caller
import asyncio


class Once:
    def __init__(self, keep: float) -> None:
        self.keep = keep
        self._tasks = {}  # key: the task that loads it
        self._waiting = {}  # task: how many wait for it
        self._values = {}  # key: (value, good until)

    async def get(self, key, load):
        loop = asyncio.get_running_loop()
        entry = self._values.get(key)
        if entry is not None and loop.time() < entry[1]:
            return entry[0]
        task = self._tasks.get(key)
        first = task is None
        if first:
            task = self._tasks[key] = asyncio.create_task(self._load(key, load))
            self._waiting[task] = 0
        self._waiting[task] += 1
        try:
            return await asyncio.shield(task)
        finally:
            if first:
                self._drop(key, task)  # who began it tidies up
            self._waiting[task] -= 1
            if not self._waiting[task]:
                del self._waiting[task]
                if not task.done():
                    self._drop(key, task)
                    task.cancel()
                    await asyncio.wait([task])

    async def _load(self, key, load):
        me = asyncio.current_task()
        loop = asyncio.get_running_loop()
        try:
            value = await load(key)
            if self.keep > 0 and self._waiting.get(me):
                entry = self._values[key] = (value, loop.time() + self.keep)
                loop.call_later(self.keep, self._forget, key, entry)
            return value
        finally:
            self._drop(key, me)

    def _drop(self, key, task):
        if self._tasks.get(key) is task:
            del self._tasks[key]

    def _forget(self, key, entry):
        if self._values.get(key) is entry:
            del self._values[key]
