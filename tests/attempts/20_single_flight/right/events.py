"""A task fills an entry, and sets an event for all who wait."""

import asyncio
import time


class Entry:
    def __init__(self):
        self.ready = asyncio.Event()
        self.callers = 0
        self.value = self.error = self.task = None


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.entries = {}
        self.values = {}

    async def fill(self, key, load, entry):
        try:
            entry.value = await load(key)
            if self.keep:
                self.values[key] = (time.monotonic() + self.keep, entry.value)
        except Exception as error:
            entry.error = error
        finally:
            if self.entries.get(key) is entry:
                del self.entries[key]
            entry.ready.set()

    def sweep(self):
        now = time.monotonic()
        for key in [key for key, (until, _) in self.values.items() if until <= now]:
            del self.values[key]

    async def get(self, key, load):
        self.sweep()
        if key in self.values:
            return self.values[key][1]
        entry = self.entries.get(key)
        if entry is None:
            entry = self.entries[key] = Entry()
            entry.task = asyncio.create_task(self.fill(key, load, entry))
        entry.callers += 1
        try:
            await entry.ready.wait()
        except asyncio.CancelledError:
            if entry.callers == 1 and not entry.ready.is_set():
                if self.entries.get(key) is entry:
                    del self.entries[key]
                entry.task.cancel()
                await asyncio.wait([entry.task])
            raise
        finally:
            entry.callers -= 1
        if entry.error is not None:
            raise entry.error
        return entry.value
