# BUSY_WAIT: the loop asks again and again whether the threads are done.
import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context


async def gather_reports(load_blocking, keys):
    pool = ThreadPoolExecutor(10)
    futures = [pool.submit(copy_context().run, load_blocking, key) for key in keys]
    while not all(future.done() for future in futures):
        await asyncio.sleep(0)
    pool.shutdown(wait=False)
    return [future.result() for future in futures]
