# SWALLOWED: when no mirror answers, None comes back as if one had.
# Says: where an ExceptionGroup of the failures is right
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    futures = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
    try:
        for future in as_completed(futures):
            if future.exception() is None:
                return futures[future], future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return None
