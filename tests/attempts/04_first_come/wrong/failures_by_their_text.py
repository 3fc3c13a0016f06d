# LOST: two failures of one text are one.
# Says: not both in the group
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    failures = {}
    pool = ThreadPoolExecutor(len(mirrors))
    try:
        mirror_of = {pool.submit(fetch, m): m for m in mirrors}
        for future in as_completed(mirror_of):
            error = future.exception()
            if error is None:
                return mirror_of[future], future.result()
            failures[str(error)] = error
        raise ExceptionGroup("no mirror has answered", list(failures.values()))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
