# LEAK_THREAD: join waits for the keys, and the workers wait for more of them, with their connections.
# Says: Does anything end what they wait for
import queue
import threading


def fetch_all(keys, connect, workers):
    todo = queue.Queue()
    for pair in enumerate(keys):
        todo.put(pair)
    entries = [None] * len(keys)

    def work():
        connection = connect()
        try:
            while True:
                place, key = todo.get()
                try:
                    entries[place] = connection.get(key)
                except Exception as error:
                    entries[place] = error
                finally:
                    todo.task_done()
        finally:
            connection.close()

    for _ in range(workers):
        threading.Thread(target=work, daemon=True).start()
    todo.join()
    return entries
