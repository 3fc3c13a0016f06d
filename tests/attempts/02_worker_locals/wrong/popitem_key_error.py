# SWALLOWED: a KeyError of the server is taken for that of an empty dict.
"""Fetch many keys from a server that one must connect to."""

import contextlib
import threading
from collections.abc import Callable


def fetch_all(keys: list[str], connect: Callable, workers: int) -> list:
    """Return a list with one entry for each key, in order: its value, or the exception if it could not be fetched."""
    todo = dict(enumerate(keys))
    entries = [None] * len(keys)

    def work():
        with contextlib.closing(connect()) as connection:
            while True:
                try:
                    place, key = todo.popitem()  # one step
                    entries[place] = connection.get(key)
                except KeyError:  # nothing is left
                    return
                except Exception as error:
                    entries[place] = error

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
