# BLOCKS_LOOP: future.result() waits for the thread, and so stops the loop; `await` would not.
# Says: `future.result()`
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context


async def gather_reports(load_blocking, keys):
    pool = ThreadPoolExecutor(10)
    futures = [pool.submit(copy_context().run, load_blocking, key) for key in keys]
    wait(futures)
    pool.shutdown(wait=False)
    return [future.result() for future in futures]
