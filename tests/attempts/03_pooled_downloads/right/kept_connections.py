"""Download some pages, several at a time, each thread over connections of its own that it keeps (as at exercise 02)."""

import queue
import threading
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urljoin, urlsplit

KINDS = {"http": HTTPConnection, "https": HTTPSConnection}
MOST_REDIRECTS = 5


class StatusError(HTTPException):
    """The server has answered, but not with the page."""


class Browser:
    """Keeps one connection to each server. For one thread."""

    def __init__(self):
        self._connections = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for connection in self._connections.values():
            connection.close()

    def download(self, url: str) -> bytes:
        """Return the body of one page. Raises an exception if that fails."""
        for _ in range(MOST_REDIRECTS):
            response, body = self._ask(url)
            location = response.getheader("Location")
            if response.status == 200:
                return body
            if location is None or not 300 <= response.status < 400:
                break
            url = urljoin(url, location)
        raise StatusError(f"{response.status} {response.reason}: {url}")

    def _ask(self, url):
        scheme, server, path, query, _ = urlsplit(url)
        connection = self._connections.get((scheme, server))
        if connection is None:
            connection = self._connections[scheme, server] = KINDS[scheme](server)
        try:
            connection.request("GET", f"{path or '/'}?{query}" if query else path or "/")
            response = connection.getresponse()
            return response, response.read()
        except BaseException:
            connection.close()  # the next request opens it anew
            raise


def download_all(urls: list[str], max_workers: int = 10) -> list[bytes | Exception]:
    results, todo = [None] * len(urls), queue.SimpleQueue()
    for item in enumerate(urls):
        todo.put(item)

    def work():
        with Browser() as browser:
            while True:
                try:
                    place, url = todo.get_nowait()
                except queue.Empty:
                    return
                try:
                    results[place] = browser.download(url)
                except Exception as error:
                    results[place] = error

    threads = [threading.Thread(target=work) for _ in range(min(max_workers, len(urls)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
