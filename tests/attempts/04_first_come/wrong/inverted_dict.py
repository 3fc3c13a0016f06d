# CRASHED: as_completed gets the names, which are the keys.
# Says: let those be the futures
"""Ask several places, and take what comes first: by asking one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors: list[str], fetch: Callable[[str], bytes]) -> tuple[str, bytes]:
    """Return (mirror, body) from the mirror that answers first.

    All mirrors have the same file. fetch(mirror) takes as long as that mirror takes, and returns
    the body or raises an exception. If all mirrors fail, raise an ExceptionGroup with every failure.
    """
    failures = []
    pool = ThreadPoolExecutor(len(mirrors))
    try:
        future_of = {mirror: pool.submit(fetch, mirror) for mirror in mirrors}
        for mirror in as_completed(future_of):
            future = future_of[mirror]
            if future.exception() is None:
                return mirror, future.result()
            failures.append(future.exception())
        raise ExceptionGroup("no mirror has answered", failures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
