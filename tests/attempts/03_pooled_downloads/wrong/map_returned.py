# BAD_RESULT_TYPE: map gives an iterator, which makes no list by itself.
# Says: wrap it in `list(...)`
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    try:
        with urlopen(url) as response:
            return response.read()
    except Exception as error:
        return error


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        return pool.map(download, urls)
