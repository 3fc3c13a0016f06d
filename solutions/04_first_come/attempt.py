"""Ask several places at the same time, and take what comes first."""

from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    """Return (mirror, body) from the mirror that answers first.

    All mirrors have the same file. fetch(mirror) takes as long as that mirror takes, and returns
    the body or raises an exception. If all mirrors fail, raise an ExceptionGroup with every failure.
    """
    pool = ThreadPoolExecutor(len(mirrors))
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        failures = []
        for future in as_completed(mirror_of):
            error = future.exception()
            if error is None:
                return mirror_of[future], future.result()
            failures.append(error)
        raise ExceptionGroup("no mirror has answered", failures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
