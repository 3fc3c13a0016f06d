# DUPLICATE: a key that failed is asked for once more.
# Says: and was asked once more
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
                except Exception:
                    try:
                        entries[place] = connection.get(key)
                    except Exception as error:
                        entries[place] = error

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return entries
