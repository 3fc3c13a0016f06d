"""A set of those who wait, and asyncio.wait, which cancels nothing."""

import asyncio


class Once:
    def __init__(self, keep):
        self.keep, self.shared = keep, {}

    async def get(self, key, load):
        task, interested = self.shared.get(key) or self.begin(key, load)
        me = object()
        interested.add(me)
        try:
            done, _ = await asyncio.wait([task])
            return task.result()
        finally:
            interested.discard(me)
            if not interested and not task.done():
                self.shared.pop(key, None)
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    def begin(self, key, load):
        async def loading():
            try:
                return await load(key)
            except BaseException:
                if self.shared.get(key) is entry:
                    del self.shared[key]
                raise

        def over(_):
            if self.shared.get(key) is entry:
                if self.keep > 0:
                    asyncio.get_running_loop().call_later(self.keep, drop)
                else:
                    drop()

        def drop():
            if self.shared.get(key) is entry:
                del self.shared[key]

        task = asyncio.ensure_future(loading())
        entry = self.shared[key] = task, set()
        task.add_done_callback(over)
        return entry
