# CRASHED: a mirror may fail in another way, and that ends all.
# Says: Keep every exception
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    mirror_of = {pool.submit(fetch, m): m for m in mirrors}
    failures = []
    try:
        for future in as_completed(mirror_of):
            try:
                body = future.result()
            except OSError as error:
                failures.append(error)
            else:
                return mirror_of[future], body
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    raise ExceptionGroup("no mirror has answered", failures)
