# LOST: only those who come later are counted, and the last of them takes the first one along.
# Says: the others were still needed
"""Load values by their keys: all who ask for a key at the same time share one load."""

import asyncio
import functools
from collections import Counter
from collections.abc import Callable, Hashable


class Once:
    """Gets values that take long to load. keep: for how many seconds a value, once loaded, is good for others."""

    def __init__(self, keep: float) -> None:
        self.keep = keep
        self.tasks = {}
        self.waiting = Counter()

    async def get(self, key: Hashable, load: Callable):
        """Return the value of a key, as load(key) returns it, or raise what load(key) raises."""
        task = self.tasks.get(key)
        first = task is None
        if first:
            task = asyncio.create_task(load(key))
            self.tasks[key] = task
            task.add_done_callback(functools.partial(self.loaded, key))
        else:
            self.waiting[task] += 1
        try:
            return await asyncio.shield(task)
        finally:
            if not first:
                self.waiting[task] -= 1
            if not self.waiting[task]:
                del self.waiting[task]
                if not task.done():
                    self.forget(key, task)
                    task.cancel()
                    await asyncio.wait([task])

    def loaded(self, key, task):
        if task.cancelled() or task.exception() is not None or not self.keep:
            self.forget(key, task)
        else:
            asyncio.get_running_loop().call_later(self.keep, self.forget, key, task)

    def forget(self, key, task):
        if self.tasks.get(key) is task:
            del self.tasks[key]
