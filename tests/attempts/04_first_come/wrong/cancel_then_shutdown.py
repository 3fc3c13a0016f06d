# LATE: cancel() does not stop a thread that runs, so shutdown() still waits for every loser.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
    failures = []
    try:
        for future in as_completed(mirror_of):
            if not future.exception():
                return mirror_of[future], future.result()
            failures.append(future.exception())
        raise ExceptionGroup("no mirror answered", failures)
    finally:
        for future in mirror_of:
            future.cancel()
        pool.shutdown()
