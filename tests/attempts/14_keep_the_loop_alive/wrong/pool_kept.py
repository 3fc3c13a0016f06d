# LEAK_THREAD: the pool is never shut down, and its threads wait for work that never comes.
import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

POOL = ThreadPoolExecutor(10)


async def gather_reports(load_blocking, keys):
    loop = asyncio.get_running_loop()
    loads = [loop.run_in_executor(POOL, copy_context().run, load_blocking, key) for key in keys]
    reports = await asyncio.gather(*loads, return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
