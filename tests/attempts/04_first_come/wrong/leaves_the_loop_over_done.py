# LOST: after a failure nobody looks at the others that are done.
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    try:
        mirror_of = {pool.submit(fetch, m): m for m in mirrors}
        pending, failures = set(mirror_of), []
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                if future.exception():
                    failures.append(future.exception())
                    break
                return mirror_of[future], future.result()
        raise ExceptionGroup("no mirror has answered", failures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
