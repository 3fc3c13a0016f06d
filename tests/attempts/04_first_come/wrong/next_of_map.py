# LATE: next(map(...)) waits for the first mirror of the list, not for the first that answers.
from concurrent.futures import ThreadPoolExecutor


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
