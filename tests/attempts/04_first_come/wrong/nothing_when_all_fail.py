# SWALLOWED: each failure is passed over, and in the end there is nothing.
# Says: `raise ExceptionGroup(text, exceptions)`
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    futures = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
    try:
        for future in as_completed(futures):
            try:
                return futures[future], future.result()
            except Exception:
                pass
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
