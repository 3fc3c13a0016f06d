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


def stream(urls, fetch):
    pool = ThreadPoolExecutor(8)
    try:
        url_of = {pool.submit(fetch, url): url for url in urls}
        for future in as_completed(url_of):
            yield url_of[future], future.exception() or future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
