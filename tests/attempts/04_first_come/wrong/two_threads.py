# UNDER_USED: with two threads, two slow mirrors keep the fast one waiting.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(2)
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        failures = []
        for future in as_completed(mirror_of):
            if not future.exception():
                return mirror_of[future], future.result()
            failures.append(future.exception())
        raise ExceptionGroup("no mirror answered", failures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
