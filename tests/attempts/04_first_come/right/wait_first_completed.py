# wait(return_when=FIRST_COMPLETED), again and again, with what is still pending.
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(max_workers=len(mirrors))
    mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
    pool.shutdown(wait=False)
    pending, failures = set(mirror_of), []
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            if not future.exception():
                for other in pending:
                    other.cancel()
                return mirror_of[future], future.result()
            failures.append(future.exception())
    raise ExceptionGroup("all mirrors failed", failures)
