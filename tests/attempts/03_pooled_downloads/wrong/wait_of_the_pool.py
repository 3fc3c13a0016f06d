# CRASHED: `wait` is a function, and no method of an executor.
# Says: functions beside it
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        futures = [pool.submit(download, url) for url in urls]
        pool.wait(futures)
    return [future.exception() or future.result() for future in futures]
