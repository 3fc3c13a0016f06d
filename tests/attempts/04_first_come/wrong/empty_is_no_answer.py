# LOST: an empty body is taken for none.
# Says: whatever is in it
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    failures = []
    pool = ThreadPoolExecutor(max_workers=max(1, len(mirrors)))
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        for future in as_completed(mirror_of):
            try:
                body = future.result()
                if body:
                    return mirror_of[future], body
            except Exception as error:
                failures.append(error)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    raise ExceptionGroup("no mirror has answered", failures)
