# LEAK_TASK: gather raises the first exception at once, and the other loads go on.
# Says: Nobody can stop a thread
import asyncio


async def gather_reports(load_blocking, keys):
    return await asyncio.gather(*(asyncio.to_thread(load_blocking, key) for key in keys))
