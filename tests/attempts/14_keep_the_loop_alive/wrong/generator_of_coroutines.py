# CRASHED: gather gets one generator, and not its coroutines.
# Says: `gather(*coroutines)`
import asyncio


async def gather_reports(load_blocking, keys):
    return await asyncio.gather(asyncio.to_thread(load_blocking, key) for key in keys)
