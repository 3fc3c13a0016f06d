# LOST: a key that occurs twice has one entry.
# Says: a place and an entry of its own
import contextlib
import queue
import threading


def fetch_all(keys, connect, workers):
    entries = {}
    todo = queue.SimpleQueue()
    for item in enumerate(keys):
        todo.put(item)

    def work():
        with contextlib.closing(connect()) as connection:
            while True:
                try:
                    place, key = todo.get_nowait()
                except queue.Empty:
                    return
                try:
                    entries[key] = connection.get(key)
                except Exception as error:
                    entries[key] = error

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [entries[key] for key in dict.fromkeys(keys)]
