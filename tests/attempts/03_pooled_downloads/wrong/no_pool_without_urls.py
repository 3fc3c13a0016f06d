# WRONG_RESULT: without URLs, a pool of no threads.
# Says: at least, also when there is nothing to do
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url: str) -> bytes:
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    def page_or_error(url):
        try:
            return download(url)
        except Exception as error:
            return error

    with ThreadPoolExecutor(min(max_workers, len(urls))) as pool:
        return list(pool.map(page_or_error, urls))
