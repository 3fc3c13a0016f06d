# CRASHED: the only mirror fails, and its exception comes without the group.
"""Ask several places at the same time, and take what comes first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors: list[str], fetch: Callable[[str], bytes]) -> tuple[str, bytes]:
    """Return (mirror, body) from the mirror that answers first. If all fail, raise an ExceptionGroup with every failure."""
    if len(mirrors) == 1:  # no race, no threads
        return mirrors[0], fetch(mirrors[0])
    failures = []
    pool = ThreadPoolExecutor(len(mirrors))
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        for future in as_completed(mirror_of):
            error = future.exception()
            if error is None:
                return mirror_of[future], future.result()
            failures.append(error)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    raise ExceptionGroup("no mirror has answered", failures)
