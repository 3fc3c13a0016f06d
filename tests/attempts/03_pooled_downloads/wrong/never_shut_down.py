# LEAK_THREAD: the pool is never shut down, so its threads wait for work for ever.
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


POOLS = []


def download_all(urls, max_workers=10):
    pool = ThreadPoolExecutor(max_workers)
    POOLS.append(pool)
    futures = [pool.submit(download, url) for url in urls]
    return [future.exception() or future.result() for future in futures]
