# stream hands out the next URL when a page has come, so that the queue of its pool stays empty.
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, as_completed, wait
from itertools import islice

WINDOW = 8


class Question:
    """A callable object: submit takes whatever can be called."""

    def __init__(self, fetch, mirror):
        self.fetch, self.mirror = fetch, mirror

    def __call__(self):
        return self.mirror, self.fetch(self.mirror)


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    futures = [pool.submit(Question(fetch, mirror)) for mirror in mirrors]
    failures = []
    try:
        for future in as_completed(futures):
            try:
                return future.result()
            except Exception as error:
                failures.append(error)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    raise ExceptionGroup("all failed", failures)


def stream(urls, fetch):
    pool, rest = ThreadPoolExecutor(WINDOW), iter(urls)
    try:
        asked = {pool.submit(fetch, url): url for url in islice(rest, WINDOW)}
        while asked:
            done, _ = wait(asked, return_when=FIRST_COMPLETED)
            for future in done:
                yield asked.pop(future), future.exception() or future.result()
                asked |= {pool.submit(fetch, url): url for url in islice(rest, 1)}
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
