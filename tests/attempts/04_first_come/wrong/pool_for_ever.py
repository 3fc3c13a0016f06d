# LEAK_THREAD: a pool that is never shut down keeps its threads.
from concurrent.futures import ThreadPoolExecutor, as_completed

POOL = ThreadPoolExecutor(32)


def fastest(mirrors, fetch):
    mirror_of = {POOL.submit(fetch, mirror): mirror for mirror in mirrors}
    failures = []
    for future in as_completed(mirror_of):
        if not future.exception():
            for other in mirror_of:
                other.cancel()
            return mirror_of[future], future.result()
        failures.append(future.exception())
    raise ExceptionGroup("no mirror answered", failures)
