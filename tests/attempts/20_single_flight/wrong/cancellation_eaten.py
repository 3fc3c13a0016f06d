# NO_CANCEL: whoever is cancelled gets None, and goes on.
# Says: A caller was cancelled, and got a result
import asyncio


class Load:
    """One load that is under way, or whose value is kept, and how many callers wait for it."""

    def __init__(self, coroutine):
        self.task = asyncio.create_task(coroutine)
        self.waiting = 0


class Once:
    """Gets values that take long to load. keep: for how many seconds a value, once loaded, is good for others."""

    def __init__(self, keep):
        self.keep = keep
        self.loads = {}

    async def get(self, key, load):
        """Return the value of a key, as load(key) returns it, or raise what load(key) raises."""
        current = self.loads.get(key)
        if current is None:
            current = self.loads[key] = Load(load(key))
            current.task.add_done_callback(lambda task: self.loaded(key, current))
        current.waiting += 1
        try:
            return await asyncio.shield(current.task)
        except asyncio.CancelledError:
            pass
        finally:
            current.waiting -= 1
            if not current.waiting and not current.task.done():
                self.forget(key, current)  # who asks from now on needs a load that is not cancelled
                current.task.cancel()
                await asyncio.wait([current.task])

    def loaded(self, key, current):
        """A value is kept for a while, a failure not at all."""
        if self.keep and not current.task.cancelled() and current.task.exception() is None:
            asyncio.get_running_loop().call_later(self.keep, self.forget, key, current)
        else:
            self.forget(key, current)

    def forget(self, key, current):
        """Unless a later load has taken its place."""
        if self.loads.get(key) is current:
            del self.loads[key]
