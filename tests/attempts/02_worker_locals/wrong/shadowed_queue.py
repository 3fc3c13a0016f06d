# CRASHED: the queue has the name of its module.
# Says: hides the module `queue`
"""Fetch many keys from a server that one must connect to: one after the other, each over a new connection."""

import contextlib
import queue
import threading
from collections.abc import Callable


def fetch_all(keys: list[str], connect: Callable, workers: int) -> list:
    """Return a list with one entry for each key, in order: its value, or the exception if it could not be fetched.

    connect() opens a connection, which takes longer than to fetch a key. connection.get(key) returns
    the value or raises an exception, after which the connection is as good as before;
    connection.close() ends it. A connection carries one request at a time.

    Up to `workers` keys may be fetched at the same time, over as many connections.
    """
    entries = [None] * len(keys)
    queue = queue.SimpleQueue()
    for place, key in enumerate(keys):
        queue.put((place, key))

    def work():
        with contextlib.closing(connect()) as connection:
            while True:
                try:
                    place, key = queue.get_nowait()
                except Exception:
                    return
                try:
                    entries[place] = connection.get(key)
                except Exception as error:
                    entries[place] = error

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
