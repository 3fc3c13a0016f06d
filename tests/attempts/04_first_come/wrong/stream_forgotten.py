# SERIAL: fastest is done, and stream still fetches one page after the other.
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
    for url in urls:
        try:
            page = fetch(url)
        except Exception as error:
            page = error
        yield url, page
