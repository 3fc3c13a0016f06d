# WRONG_RESULT: the caller is one of the workers, and its threading.local, at the top of the file, has the closed connection of the last call.
"""Fetch many keys from a server that one must connect to."""

import queue
import threading
from collections.abc import Callable

own = threading.local()


def fetch_all(keys: list[str], connect: Callable, workers: int) -> list:
    """Return a list with one entry for each key, in order: its value, or the exception if it could not be fetched."""
    todo = queue.SimpleQueue()
    for numbered in enumerate(keys):
        todo.put(numbered)
    entries = [None] * len(keys)
    opened = []

    def my_connection():
        if not hasattr(own, "connection"):
            own.connection = connect()
            opened.append(own.connection)
        return own.connection

    def work():
        connection = my_connection()
        while True:
            try:
                place, key = todo.get_nowait()
            except queue.Empty:
                return
            try:
                entries[place] = connection.get(key)
            except Exception as error:
                entries[place] = error

    helpers = [threading.Thread(target=work) for _ in range(workers - 1)]
    for helper in helpers:
        helper.start()
    work()  # I am the last of the workers
    for helper in helpers:
        helper.join()
    for connection in opened:
        connection.close()
    return entries
