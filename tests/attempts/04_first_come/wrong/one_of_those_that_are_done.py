# LOST: what is done at the same moment as another is thrown away.
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def fastest(mirrors, fetch):
    failures = []
    pool = ThreadPoolExecutor(len(mirrors))
    try:
        mirror_of = {pool.submit(fetch, m): m for m in mirrors}
        pending = set(mirror_of)
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            future = done.pop()
            if future.exception() is None:
                return mirror_of[future], future.result()
            failures.append(future.exception())
        raise ExceptionGroup("no mirror has answered", failures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
