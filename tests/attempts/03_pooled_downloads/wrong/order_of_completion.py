# ORDER: as_completed gives the fastest first.
from concurrent.futures import ThreadPoolExecutor, as_completed
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    results = []
    with ThreadPoolExecutor(max_workers) as pool:
        for future in as_completed([pool.submit(download, url) for url in urls]):
            results.append(future.exception() or future.result())
    return results
