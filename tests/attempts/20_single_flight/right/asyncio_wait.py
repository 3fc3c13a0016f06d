"""asyncio.wait leaves the task alone when the waiting is cancelled; the time tells whether a value is still good."""

import asyncio
import time


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.entries = {}  # key -> [task, callers, moment of its end]

    async def get(self, key, load):
        entry = self.entries.get(key)
        if entry is None or (entry[2] is not None and time.monotonic() >= entry[2] + self.keep):
            entry = self.entries[key] = [asyncio.create_task(load(key)), 0, None]
        task = entry[0]
        entry[1] += 1
        try:
            await asyncio.wait([task])
        finally:
            entry[1] -= 1
            if not task.done() and not entry[1]:
                self.drop(key, entry)
                task.cancel()
                await asyncio.wait([task])
            elif task.done():
                entry[2] = entry[2] or time.monotonic()
                if not self.keep or task.cancelled() or task.exception():
                    self.drop(key, entry)
        return task.result()

    def drop(self, key, entry):
        if self.entries.get(key) is entry:
            del self.entries[key]
