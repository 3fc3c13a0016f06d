# Callable objects, which know their mirror; what failed is caught around result().
from concurrent.futures import ThreadPoolExecutor, as_completed


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
