# WRONG_RESULT: the body alone, and nobody knows which mirror it is from.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    try:
        failures = []
        for future in as_completed([pool.submit(fetch, mirror) for mirror in mirrors]):
            if not future.exception():
                return future.result()
            failures.append(future.exception())
        raise ExceptionGroup("no mirror answered", failures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
