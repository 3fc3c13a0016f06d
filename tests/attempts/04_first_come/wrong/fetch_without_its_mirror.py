# CRASHED: fetch is given to the pool without its mirror.
# Says: fetch() takes 1 argument, and was given 0
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    futures = {pool.submit(fetch): mirror for mirror in mirrors}
    failures = []
    try:
        for future in as_completed(futures):
            if future.exception() is None:
                return futures[future], future.result()
            failures.append(future.exception())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    raise ExceptionGroup("no mirror", failures)
