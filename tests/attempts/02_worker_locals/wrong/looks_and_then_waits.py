# HANG: between empty() and get() another worker takes the last key, and then this one waits for ever.
# Says: another one has just taken the last
import contextlib
import queue
import threading


def fetch_all(keys, connect, workers):
    entries = [None] * len(keys)
    todo = queue.Queue()
    for place_and_key in enumerate(keys):
        todo.put(place_and_key)

    def work():
        with contextlib.closing(connect()) as connection:
            while not todo.empty():
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
