# WRONG_RESULT: an exception of the same type, with another text.
# Says: make no new one
import contextlib
import queue
import threading


def fetch_all(keys, connect, workers):
    todo = queue.SimpleQueue()
    for pair in enumerate(keys):
        todo.put(pair)
    entries = [None] * len(keys)

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
                    entries[place] = type(error)(f"{key} failed")

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return entries
