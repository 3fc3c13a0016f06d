# UNDER_USED: nobody said how many threads.
# Says: as many threads as there are mirrors
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    failures = []
    pool = ThreadPoolExecutor()
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        for future in as_completed(mirror_of):
            try:
                return mirror_of[future], future.result()
            except Exception as error:
                failures.append(error)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    raise ExceptionGroup("no mirror has answered", failures)
