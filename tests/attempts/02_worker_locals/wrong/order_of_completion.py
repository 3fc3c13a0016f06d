# ORDER: the entries are in the order in which they came.
import contextlib
import queue
import threading


def fetch_all(keys, connect, workers):
    entries, todo = [], queue.SimpleQueue()
    for key in keys:
        todo.put(key)

    def work():
        with contextlib.closing(connect()) as connection:
            while True:
                try:
                    key = todo.get_nowait()
                except queue.Empty:
                    return
                try:
                    entries.append(connection.get(key))
                except Exception as error:
                    entries.append(error)

    threads = [threading.Thread(target=work) for _ in range(min(workers, len(keys)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
