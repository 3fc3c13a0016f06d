# DEADLOCK: a download that fails keeps its place at the semaphore, and in the end there is none left.
# Says: lets go of it whatever happens
"""Download some pages: several at a time."""

from threading import Semaphore, Thread
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
    results: list[bytes | Exception] = [b""] * len(urls)
    places = Semaphore(max_workers)

    def fetch(index: int, url: str) -> None:
        places.acquire()
        try:
            results[index] = download(url)
            places.release()
        except Exception as error:
            results[index] = error

    threads = [Thread(target=fetch, args=pair) for pair in enumerate(urls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
