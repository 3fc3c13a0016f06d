# HANG: get waits for a key that nobody will put in.
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
                place, key = todo.get()
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
