# SWALLOWED: the exceptions are left out of the list.
# Says: reports none of it
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

    with ThreadPoolExecutor(max_workers) as pool:
        return [r for r in pool.map(page_or_error, urls) if not isinstance(r, Exception)]
