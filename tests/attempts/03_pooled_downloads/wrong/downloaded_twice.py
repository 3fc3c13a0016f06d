# DUPLICATE: first each page is tried out, and what works is downloaded again.
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def error_of(url):
    try:
        download(url)
    except Exception as error:
        return error
    return None


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        errors = list(pool.map(error_of, urls))
        good = [url for url, error in zip(urls, errors) if error is None]
        pages = dict(zip(good, pool.map(download, good)))
    return [error or pages[url] for url, error in zip(urls, errors)]
