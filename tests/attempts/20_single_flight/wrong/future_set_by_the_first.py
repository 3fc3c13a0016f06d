# HANG: the first caller promises a value in a future, and a failure, or its cancellation, breaks the promise.
# Says: who would have to act
import asyncio


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.values = {}

    async def get(self, key, load):
        if key in self.values:
            return await self.values[key]
        self.values[key] = asyncio.get_running_loop().create_future()
        value = await load(key)
        self.values[key].set_result(value)
        asyncio.get_running_loop().call_later(self.keep, self.values.pop, key, None)
        return value
