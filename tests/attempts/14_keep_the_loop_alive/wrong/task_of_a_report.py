# CRASHED: create_task gets the report, because the call has done all the work.
# Says: `asyncio.to_thread(f, x)` makes a coroutine of it
import asyncio


async def gather_reports(load_blocking, keys):
    tasks = [asyncio.create_task(load_blocking(key)) for key in keys]
    return [await task for task in tasks]
