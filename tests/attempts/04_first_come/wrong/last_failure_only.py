# LOST: only the last failure is told.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        for future in as_completed(mirror_of):
            try:
                return mirror_of[future], future.result()
            except Exception as error:
                failure = error
        raise ExceptionGroup("no mirror answered", [failure])
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
