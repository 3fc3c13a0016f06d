# BLOCKS_LOOP: fast, but whoever calls it on an event loop stops the loop.
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context


def gather_reports(load_blocking, keys):
    with ThreadPoolExecutor(10) as pool:
        futures = [pool.submit(copy_context().run, load_blocking, key) for key in keys]
        return [future.result() for future in futures]
