# HANG: a key that is an empty text is taken for the end, and then nobody says task_done() for it.
# Says: A key was an empty text, and fetch_all never came back
# Says: An empty text is a key like any other
import contextlib
import queue
import threading


def fetch_all(keys, connect, workers):
    entries = [None] * len(keys)
    todo = queue.Queue()

    def work():
        with contextlib.closing(connect()) as connection:
            while True:
                place, key = todo.get()
                if not key:  # the end
                    return
                try:
                    entries[place] = connection.get(key)
                except Exception as error:
                    entries[place] = error
                finally:
                    todo.task_done()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for place_and_key in enumerate(keys):
        todo.put(place_and_key)
    todo.join()
    for _ in threads:
        todo.put((None, None))
    for thread in threads:
        thread.join()
    return entries
