# CRASHED: the first page that fails ends all.
# Says: belongs into the result, in the place of what failed
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        return list(pool.map(download, urls))
