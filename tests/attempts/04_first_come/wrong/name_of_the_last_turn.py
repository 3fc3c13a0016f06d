# WRONG_RESULT: the loop variable names the last mirror.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    failures, futures = [], []
    pool = ThreadPoolExecutor(len(mirrors))
    try:
        for mirror in mirrors:
            futures.append(pool.submit(fetch, mirror))
        for future in as_completed(futures):
            if future.exception() is None:
                return mirror, future.result()
            failures.append(future.exception())
        raise ExceptionGroup("no mirror has answered", failures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
