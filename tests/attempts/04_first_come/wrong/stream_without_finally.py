# NO_CANCEL: when the loop over the stream ends early, the line behind the loop is never reached.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        failures = []
        for future in as_completed(mirror_of):
            if not future.exception():
                return mirror_of[future], future.result()
            failures.append(future.exception())
        raise ExceptionGroup("no mirror answered", failures)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def stream(urls, fetch):
    pool = ThreadPoolExecutor(4)
    url_of = {pool.submit(fetch, url): url for url in urls}
    for future in as_completed(url_of):
        yield url_of[future], future.exception() or future.result()
    pool.shutdown(wait=False, cancel_futures=True)
