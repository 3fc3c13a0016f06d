# WRONG_RESULT: -1 and -2 have the same hash, and are two keys.
import asyncio
import time


class Once:
    def __init__(self, keep):
        self.keep = keep
        self._tasks = {}
        self._until = {}
        self._waiting = {}

    def _forget(self, number, task):
        if self._tasks.get(number) is task:
            del self._tasks[number]
            self._until.pop(number, None)

    async def _load(self, number, key, load):
        task = asyncio.current_task()
        try:
            value = await load(key)
        except BaseException:
            self._forget(number, task)
            raise
        if self.keep > 0 and self._tasks.get(number) is task:
            self._until[number] = time.monotonic() + self.keep
            asyncio.get_running_loop().call_later(self.keep, self._forget, number, task)
        else:
            self._forget(number, task)
        return value

    async def get(self, key, load):
        number = hash(key)  # so no key is kept in memory
        if number in self._until and self._until[number] <= time.monotonic():
            self._forget(number, self._tasks[number])
        task = self._tasks.get(number)
        if task is None:
            task = self._tasks[number] = asyncio.create_task(self._load(number, key, load))
        self._waiting[task] = self._waiting.get(task, 0) + 1
        try:
            return await asyncio.shield(task)
        finally:
            self._waiting[task] -= 1
            if not self._waiting[task]:
                del self._waiting[task]
                if not task.done():
                    self._forget(number, task)
                    task.cancel()
                    await asyncio.wait([task])
