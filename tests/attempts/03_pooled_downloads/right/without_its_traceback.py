# Exceptions are kept without their tracebacks, which would keep the frames of the threads.
"""Download some pages: several at a time."""

from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    try:
        with urlopen(url) as response:
            return response.read()
    except Exception as error:
        return error.with_traceback(None)  # it would keep the frames of this thread alive


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        return list(pool.map(download, urls))
