# OVER_LIMIT: as many threads as keys, however many keys there are.
import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context


async def gather_reports(load_blocking, keys):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=len(keys) or 1) as pool:
        loads = [loop.run_in_executor(pool, copy_context().run, load_blocking, key) for key in keys]
        reports = await asyncio.gather(*loads, return_exceptions=True)
    for report in reports:
        if isinstance(report, Exception):
            raise report
    return reports
