# Futures of a pool, each wrapped so that it can be awaited, and submitted with a context of its own.
import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context


async def gather_reports(load_blocking, keys):
    pool = ThreadPoolExecutor(6)
    futures = [pool.submit(copy_context().run, load_blocking, key) for key in keys]
    wrapped = [asyncio.wrap_future(future) for future in futures]
    if wrapped:
        await asyncio.wait(wrapped)
    pool.shutdown()
    return [await future for future in wrapped]
