# UNDER_USED: three threads, however many mirrors there are.
# Says: as many threads as there are mirrors
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    failures = []
    pool = ThreadPoolExecutor(3)
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        for future in as_completed(mirror_of):
            if future.exception():
                failures.append(future.exception())
            else:
                return mirror_of[future], future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    raise ExceptionGroup("no mirror has answered", failures)
