# NO_CANCEL: cancel() does not stop a thread that runs: whoever is down is asked again and again.
from concurrent.futures import ThreadPoolExecutor, as_completed

TRIES = 5


def fetch_patiently(fetch, mirror):
    for _ in range(TRIES):
        try:
            return fetch(mirror)
        except Exception as error:
            failure = error
    raise failure


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    mirror_of = {pool.submit(fetch_patiently, fetch, mirror): mirror for mirror in mirrors}
    failures = []
    for future in as_completed(mirror_of):
        if not future.exception():
            for other in mirror_of:
                other.cancel()
            pool.shutdown(wait=False)
            return mirror_of[future], future.result()
        failures.append(future.exception())
    raise ExceptionGroup("no mirror answered", failures)
