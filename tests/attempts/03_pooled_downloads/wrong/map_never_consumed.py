# SWALLOWED: nobody looks at what map gives back, so nobody sees the exceptions.
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    results = []
    with ThreadPoolExecutor(max_workers) as pool:
        pool.map(lambda url: results.append(download(url)), urls)
    return results
