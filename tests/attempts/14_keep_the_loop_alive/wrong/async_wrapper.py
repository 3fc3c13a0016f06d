# BLOCKS_LOOP: a coroutine around a blocking call still blocks, in as many tasks as one likes.
import asyncio


async def gather_reports(load_blocking, keys):
    async def load(key):
        return load_blocking(key)

    return await asyncio.gather(*(asyncio.ensure_future(load(key)) for key in keys))
