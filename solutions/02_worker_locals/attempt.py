"""Fetch many keys from a server that one must connect to: by a few threads, each with a connection of its own."""

import contextlib
import queue
import threading


def fetch_all(keys, connect, workers):
    """Return a list with one entry for each key, in order: its value, or the exception if it could not be fetched."""
    entries = [None] * len(keys)
    todo = queue.SimpleQueue()
    for place_and_key in enumerate(keys):
        todo.put(place_and_key)

    def work():
        with contextlib.closing(connect()) as connection:
            while True:
                try:
                    place, key = todo.get_nowait()
                except queue.Empty:
                    return
                try:
                    entries[place] = connection.get(key)
                except Exception as error:
                    entries[place] = error

    threads = [threading.Thread(target=work) for _ in range(min(workers, len(keys)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
