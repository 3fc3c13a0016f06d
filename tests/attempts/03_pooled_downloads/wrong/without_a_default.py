# CRASHED: the checks call it without a number of workers, as sync.py allows.
# Says: compare its first line
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    try:
        with urlopen(url) as response:
            return response.read()
    except Exception as error:
        return error


def download_all(urls, max_workers):
    with ThreadPoolExecutor(max_workers) as pool:
        return list(pool.map(download, urls))
