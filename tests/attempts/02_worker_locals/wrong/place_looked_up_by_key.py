# LOST: a key that occurs twice has two places, and index() finds the first.
# Says: a place and an entry of its own
import contextlib
import queue
import threading


def fetch_all(keys, connect, workers):
    entries = [None] * len(keys)
    todo = queue.SimpleQueue()
    for item in enumerate(keys):
        todo.put(item[1])

    def work():
        with contextlib.closing(connect()) as connection:
            while True:
                try:
                    key = todo.get_nowait()
                except queue.Empty:
                    return
                try:
                    entries[keys.index(key)] = connection.get(key)
                except Exception as error:
                    entries[keys.index(key)] = error

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
