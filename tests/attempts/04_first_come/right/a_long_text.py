# The text of the group tells every failure once more.
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait


def fastest(mirrors, fetch):
    pool, failures = ThreadPoolExecutor(max(1, len(mirrors))), []
    try:
        pending = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        while pending:
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for mirror, future in [(pending.pop(future), future) for future in done]:
                if future.exception() is None:
                    return mirror, future.result()
                failures.append(future.exception())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    told = "; ".join(f"{type(failure).__name__} ({failure})" for failure in failures)
    raise ExceptionGroup(f"{len(failures)} of {len(mirrors)} mirrors have failed: {told}", failures)
