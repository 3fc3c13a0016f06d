# UNDER_USED: a failed key costs a connection that is as good as before.
# Says: as good as before
import contextlib
import queue
import threading


def fetch_all(keys, connect, workers):
    todo = queue.SimpleQueue()
    for pair in enumerate(keys):
        todo.put(pair)
    entries = [None] * len(keys)

    def work():
        connection = connect()
        while True:
            try:
                place, key = todo.get_nowait()
            except queue.Empty:
                break
            try:
                entries[place] = connection.get(key)
            except Exception as error:
                entries[place] = error
                connection.close()
                connection = connect()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return entries
