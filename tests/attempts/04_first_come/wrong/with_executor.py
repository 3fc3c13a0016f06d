# LATE: the end of the `with` block waits for every loser.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    failures = []
    with ThreadPoolExecutor(len(mirrors)) as pool:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        for future in as_completed(mirror_of):
            if not future.exception():
                return mirror_of[future], future.result()
            failures.append(future.exception())
    raise ExceptionGroup("no mirror answered", failures)
