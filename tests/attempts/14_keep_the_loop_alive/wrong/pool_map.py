# BLOCKS_LOOP: threads load, and the event loop's own thread waits for them.
# Says: waits for load_blocking without an `await`
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context


async def gather_reports(load_blocking, keys):
    contexts = [copy_context() for _ in keys]
    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(lambda context, key: context.run(load_blocking, key), contexts, keys))
