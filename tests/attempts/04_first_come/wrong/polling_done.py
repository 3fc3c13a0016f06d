# BUSY_WAIT: done() is asked again and again.
from concurrent.futures import ThreadPoolExecutor


def done_ones(futures):
    futures = list(futures)
    while futures:
        for future in futures:
            if future.done():
                futures.remove(future)
                yield future
                break


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
    failures = []
    try:
        for future in done_ones(mirror_of):
            if not future.exception():
                return mirror_of[future], future.result()
            failures.append(future.exception())
        raise ExceptionGroup("no mirror answered", failures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
