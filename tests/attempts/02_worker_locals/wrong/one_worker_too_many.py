# OVER_LIMIT: one worker more than there may be, who may be late.
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
                try:
                    entries[place] = connection.get(key)
                except Exception as error:
                    entries[place] = error

    threads = [threading.Thread(target=work) for _ in range(workers + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
