# BAD_RESULT_TYPE: to_thread makes a coroutine, and begins when that is awaited.
import asyncio


async def gather_reports(load_blocking, keys):
    return [asyncio.to_thread(load_blocking, key) for key in keys]
