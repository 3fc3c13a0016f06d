# LOST: only the last failure is told.
from concurrent.futures import ThreadPoolExecutor, as_completed


def fastest(mirrors, fetch):
    pool = ThreadPoolExecutor(len(mirrors))
    try:
        mirror_of = {pool.submit(fetch, mirror): mirror for mirror in mirrors}
        for future in as_completed(mirror_of):
            try:
                return mirror_of[future], future.result()
            except Exception as error:
                failure = error
        raise ExceptionGroup("no mirror answered", [failure])
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
