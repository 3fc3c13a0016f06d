# LOST: the first failure ends the worker, in good order.
# Says: Does a worker end while there are keys left?
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
            try:
                while True:
                    place, key = todo.get_nowait()
                    entries[place] = connection.get(key)
            except queue.Empty:
                pass
            except Exception as error:
                entries[place] = error

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return entries
