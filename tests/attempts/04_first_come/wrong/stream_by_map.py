# ORDER: map hands out its results in the order of the URLs, so the first may hold up all others.
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
    def page_or_error(url):
        try:
            return fetch(url)
        except Exception as error:
            return error

    pool = ThreadPoolExecutor(len(urls))
    yield from zip(urls, pool.map(page_or_error, urls), strict=True)
    pool.shutdown()
