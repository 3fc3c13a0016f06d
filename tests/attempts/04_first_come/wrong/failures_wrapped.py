# WRONG_RESULT: the group holds new exceptions with the names of the mirrors, not the failures themselves.
# Says: keep every exception itself
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    """Return (mirror, body) from the mirror that answers first."""
    failures = []
    pool = ThreadPoolExecutor(max_workers=len(mirrors))
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        for future in as_completed(mirror_of):
            mirror = mirror_of[future]
            try:
                return mirror, future.result()
            except Exception as exc:
                error = RuntimeError(f"{mirror}: {type(exc).__name__}: {exc}")
                error.__cause__ = exc
                failures.append(error)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    raise ExceptionGroup("no mirror has answered", failures)
