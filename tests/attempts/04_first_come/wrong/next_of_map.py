# LATE: next(map(...)) waits for the first mirror of the list, not for the first that answers.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    failures = []

    def ask(mirror):
        try:
            return mirror, fetch(mirror)
        except Exception as error:
            failures.append(error)

    pool = ThreadPoolExecutor(len(mirrors))
    winner = next(filter(None, pool.map(ask, mirrors)), None)
    pool.shutdown(wait=False, cancel_futures=True)
    if winner is None:
        raise ExceptionGroup("no mirror answered", failures)
    return winner


def stream(urls, fetch):
    pool = ThreadPoolExecutor(8)
    try:
        url_of = {pool.submit(fetch, url): url for url in urls}
        for future in as_completed(url_of):
            yield url_of[future], future.exception() or future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
