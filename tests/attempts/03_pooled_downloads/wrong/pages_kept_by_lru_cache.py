# WRONG_RESULT: pages are kept by lru_cache from one call to the next.
# Says: lru_cache
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from urllib.request import urlopen


@lru_cache(maxsize=None)
def download(url):
    """Return the body of one page, and ask for each page once only."""
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    """Return a list with one entry per URL, in the same order. Each page is downloaded once."""

    def page_or_error(url):
        try:
            return download(url)
        except Exception as error:
            return error

    with ThreadPoolExecutor(max_workers) as pool:
        return list(pool.map(page_or_error, urls))
