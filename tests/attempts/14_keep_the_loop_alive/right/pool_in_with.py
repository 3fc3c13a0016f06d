# At the end of the with block, everything has been awaited: nothing is left to block for.
import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial


async def gather_reports(load_blocking, keys):
    with ThreadPoolExecutor(max_workers=10) as pool:
        futures = [pool.submit(copy_context().run, partial(load_blocking, key)) for key in keys]
        await asyncio.gather(*map(asyncio.wrap_future, futures), return_exceptions=True)
    return [future.result() for future in futures]
