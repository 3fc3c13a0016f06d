# UNDER_USED: fast enough for the goal, but half of the threads that are allowed are never used.
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor((max_workers + 1) // 2) as pool:
        futures = [pool.submit(download, url) for url in urls]
    return [future.exception() or future.result() for future in futures]
