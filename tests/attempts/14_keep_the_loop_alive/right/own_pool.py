# A pool of its own, and a copy of the context for each load: what to_thread does by itself.
import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor


async def gather_reports(load_blocking, keys):
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(8)
    loads = [loop.run_in_executor(pool, contextvars.copy_context().run, load_blocking, key) for key in keys]
    if loads:
        await asyncio.wait(loads)
    pool.shutdown(wait=False)
    return [load.result() for load in loads]
