# LOST: an exception that leaves the loop ends the worker, and the keys that it would have fetched are left over.
# Says: An exception ended a thread
import contextlib
import queue
import threading


def fetch_all(keys, connect, workers):
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
                entries[place] = connection.get(key)

    threads = [threading.Thread(target=work) for _ in range(min(workers, len(keys)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
