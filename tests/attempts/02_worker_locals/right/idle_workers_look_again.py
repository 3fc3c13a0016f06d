# Workers that find the queue empty look again, until they are told that all is done.
"""Fetch many keys from a server that one must connect to: by some workers, each over its own connection."""

import queue
import threading
from collections.abc import Callable
from contextlib import closing

LOOK_S = 0.005


def fetch_all(keys: list[str], connect: Callable, workers: int) -> list:
    entries = [None] * len(keys)
    todo: queue.Queue[tuple[int, str]] = queue.Queue()
    over = threading.Event()

    def worker() -> None:
        with closing(connect()) as connection:
            while not over.is_set():
                try:
                    place, key = todo.get(timeout=LOOK_S)
                except queue.Empty:
                    continue
                try:
                    entries[place] = connection.get(key)
                except Exception as error:
                    entries[place] = error
                finally:
                    todo.task_done()

    for numbered in enumerate(keys):
        todo.put(numbered)
    threads = [threading.Thread(target=worker) for _ in range(workers)]
    for thread in threads:
        thread.start()
    todo.join()
    over.set()
    for thread in threads:
        thread.join()
    return entries
