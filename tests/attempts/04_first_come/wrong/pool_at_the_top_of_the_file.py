# CRASHED: the first call shuts down the pool of all calls.
# Says: shuts this pool down, for good
from concurrent.futures import ThreadPoolExecutor, as_completed

POOL = ThreadPoolExecutor(64)


def fastest(mirrors, fetch):
    mirror_of = {POOL.submit(fetch, mirror): mirror for mirror in mirrors}
    failures = []
    try:
        for future in as_completed(mirror_of):
            if future.exception() is None:
                return mirror_of[future], future.result()
            failures.append(future.exception())
        raise ExceptionGroup("no mirror has answered", failures)
    finally:
        POOL.shutdown(wait=False, cancel_futures=True)
