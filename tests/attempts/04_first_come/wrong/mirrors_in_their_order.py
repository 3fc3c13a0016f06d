# WRONG_RESULT: the names in the order of the list, the answers in the order of their coming.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    futures = [pool.submit(fetch, mirror) for mirror in mirrors]
    failures = []
    try:
        for mirror, future in zip(mirrors, as_completed(futures)):
            if future.exception() is None:
                return mirror, future.result()
            failures.append(future.exception())
        raise ExceptionGroup("none", failures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
