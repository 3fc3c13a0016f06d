# DUPLICATE: it finds out who is quickest, and then asks that mirror once more.
# Says: result()
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    failures = []
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        for future in as_completed(mirror_of):
            if future.exception() is None:
                return mirror_of[future], fetch(mirror_of[future])
            failures.append(future.exception())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    raise ExceptionGroup("no mirror has answered", failures)
