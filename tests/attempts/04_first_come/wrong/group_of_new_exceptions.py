# LOST: new exceptions, of the texts of the old ones.
# Says: keep every exception itself
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    failures = []
    pool = ThreadPoolExecutor(max_workers=max(1, len(mirrors)))
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        for future in as_completed(mirror_of):
            try:
                return mirror_of[future], future.result()
            except Exception as error:
                failures.append(RuntimeError(str(error)))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    raise ExceptionGroup("no mirror has answered", failures)
