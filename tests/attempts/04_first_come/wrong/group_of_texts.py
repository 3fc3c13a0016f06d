# CRASHED: a group of the texts of exceptions.
# Says: holds the exceptions themselves
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    futures = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
    failures = []
    try:
        for future in as_completed(futures):
            if future.exception() is None:
                return futures[future], future.result()
            failures.append(str(future.exception()))
        raise ExceptionGroup("none", failures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
