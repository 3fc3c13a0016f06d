# multiprocessing's ThreadPool: the end of its `with` block terminates, where an executor's waits.
from multiprocessing.pool import ThreadPool


def attempt(job):
    fetch, place = job
    try:
        return place, fetch(place), None
    except Exception as error:
        return place, None, error


def fastest(mirrors, fetch):
    failures = []
    with ThreadPool(len(mirrors)) as pool:
        for mirror, body, error in pool.imap_unordered(attempt, [(fetch, mirror) for mirror in mirrors]):
            if error is None:
                return mirror, body
            failures.append(error)
    raise ExceptionGroup("nobody has it", failures)
