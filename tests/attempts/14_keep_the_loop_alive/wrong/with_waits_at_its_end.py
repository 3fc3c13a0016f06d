# BLOCKS_LOOP: a failure leaves the with block, whose end waits for the other threads, and not with `await`.
# Says: the end of a pool's `with` block
import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context


async def gather_reports(load_blocking, keys):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(10) as pool:
        return await asyncio.gather(
            *(loop.run_in_executor(pool, copy_context().run, load_blocking, key) for key in keys)
        )
