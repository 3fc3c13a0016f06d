# WRONG_RESULT: whoever is back first wins, with a body or with an exception; only if all fail it is raised.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
    arrivals = as_completed(mirror_of)
    winner = next(arrivals)
    failures = [winner.exception()]
    while failures[-1] and len(failures) < len(mirrors):
        failures.append(next(arrivals).exception())
    pool.shutdown(wait=False, cancel_futures=True)
    if all(failures):
        raise ExceptionGroup("no mirror answered", failures)
    return mirror_of[winner], winner.exception() or winner.result()
