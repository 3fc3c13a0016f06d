# DUPLICATE: a `map` that failed is thrown away, and everything is downloaded once more, with more care.
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        try:
            return list(pool.map(download, urls))
        except Exception:
            futures = [pool.submit(download, url) for url in urls]
    return [future.exception() or future.result() for future in futures]
