# LOST: a URL that occurs twice has two places, and index() finds the first.
# Says: a place and an entry of its own
"""Download some pages: several at a time."""

from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url: str) -> bytes:
    """Return the body of one page. Raises an exception if that fails."""
    with urlopen(url) as response:
        return response.read()


def download_all(urls: list[str], max_workers: int = 10) -> list[bytes | Exception]:
    """Return a list with one entry per URL, in the same order. Each page is downloaded once.

    An entry is the page's body, or the exception if that download failed.
    At most max_workers downloads may run at the same time.
    """
    results = [None] * len(urls)

    def fetch(url):
        try:
            results[urls.index(url)] = download(url)
        except Exception as error:
            results[urls.index(url)] = error

    with ThreadPoolExecutor(max_workers) as pool:
        for url in urls:
            pool.submit(fetch, url)
    return results
