# CRASHED: a star makes a collection of each URL.
# Says: A star before a collection
"""Download some pages: one after the other."""

from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url: str) -> bytes:
    """Return the body of one page. Raises an exception if that fails."""
    with urlopen(url) as response:
        return response.read()


def page_or_error(url: str) -> bytes | Exception:
    try:
        return download(url)
    except Exception as error:
        return error


def download_all(urls: list[str], max_workers: int = 10) -> list[bytes | Exception]:
    """Return a list with one entry per URL, in the same order. Each page is downloaded once.

    An entry is the page's body, or the exception if that download failed.
    At most max_workers downloads may run at the same time.
    """
    with ThreadPoolExecutor(max_workers) as pool:
        return list(pool.map(page_or_error, *urls))
