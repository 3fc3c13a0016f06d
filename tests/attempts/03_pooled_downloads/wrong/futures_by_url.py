# LOST: a URL that occurs twice has one future.
# Says: a place and an entry of its own
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        future_of = {url: pool.submit(download, url) for url in urls}
    return [future.exception() or future.result() for future in future_of.values()]
