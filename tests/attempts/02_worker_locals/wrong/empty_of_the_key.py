# LOST: a key that fails with queue.Empty is taken for the end of the queue.
# Says: queue.Empty
import contextlib
import queue
import threading


def fetch_all(keys, connect, workers):
    """Return a list with one entry for each key, in order: its value, or the exception if it could not be fetched."""
    todo = queue.SimpleQueue()
    for place_and_key in enumerate(keys):
        todo.put(place_and_key)
    entries = [None] * len(keys)

    def work():
        with contextlib.closing(connect()) as connection:
            while True:
                try:
                    place, key = todo.get_nowait()
                    entries[place] = connection.get(key)
                except queue.Empty:
                    break
                except Exception as error:
                    entries[place] = error

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
