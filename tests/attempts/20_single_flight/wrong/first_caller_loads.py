# LOST: the first caller loads for all; when it is cancelled, so is the load.
import asyncio


class Once:
    def __init__(self, keep):
        self.keep = keep
        self.futures = {}

    async def get(self, key, load):
        if key in self.futures:
            return await asyncio.shield(self.futures[key])
        future = self.futures[key] = asyncio.get_running_loop().create_future()
        try:
            future.set_result(await load(key))
        except BaseException as error:
            del self.futures[key]
            future.set_exception(error)
            future.exception()
            raise
        asyncio.get_running_loop().call_later(self.keep, self.futures.pop, key)
        return future.result()
