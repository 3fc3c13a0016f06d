# WRONG_RESULT: in the place of the failure is a new exception, of its text.
# Says: whoever gets the list wants to know
"""Download some pages: up to max_workers at the same time."""

from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    """Return the body of one page. Raises an exception if that fails."""
    with urlopen(url) as response:
        return response.read()


def page_or_error(url):
    """Return the body of one page, or the exception if that fails."""
    try:
        return download(url)
    except Exception as error:
        return RuntimeError(f"{url}: {error}")


def download_all(urls, max_workers=10):
    """Return a list with one entry per URL, in the same order.

    An entry is the page's body, or the exception if that download failed.
    At most max_workers downloads may run at the same time.
    """
    with ThreadPoolExecutor(max_workers) as pool:
        return list(pool.map(page_or_error, urls))
