"""Fetch many keys over a few connections, which a pool lends to whoever needs one."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


class ConnectionPool:
    """Opens at most `size` connections, each when nobody has one to spare, and closes all of them in the end."""

    def __init__(self, connect, size):
        self._connect = connect
        self._permits = threading.BoundedSemaphore(size)
        self._lock = threading.Lock()
        self._opened, self._free = set(), set()

    @contextmanager
    def lend(self):
        with self._permits:
            with self._lock:
                connection = self._free.pop() if self._free else None
            if connection is None:
                connection = self._connect()
                with self._lock:
                    self._opened.add(connection)
            try:
                yield connection
            finally:
                with self._lock:
                    self._free.add(connection)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for connection in self._opened:
            connection.close()


def fetch_all(keys, connect, workers):
    with ConnectionPool(connect, workers) as connections:

        def fetch(key):
            with connections.lend() as connection:
                try:
                    return connection.get(key)
                except Exception as error:
                    return error

        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(fetch, keys))
