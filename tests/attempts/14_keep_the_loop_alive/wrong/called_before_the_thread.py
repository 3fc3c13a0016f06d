# CRASHED: load_blocking is called here, and the thread gets its report to call.
import asyncio


async def gather_reports(load_blocking, keys):
    return await asyncio.gather(*(asyncio.to_thread(load_blocking(key)) for key in keys))
