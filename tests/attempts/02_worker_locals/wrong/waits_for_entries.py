# LEAK_THREAD: all entries are there, and the threads that close their connections are not awaited.
# Says: join every thread
import contextlib
import queue
import threading


def fetch_all(keys, connect, workers):
    todo = queue.SimpleQueue()
    for pair in enumerate(keys):
        todo.put(pair)
    entries = [None] * len(keys)
    done = threading.Semaphore(0)

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
                done.release()

    for _ in range(workers):
        threading.Thread(target=work).start()
    for _ in keys:
        done.acquire()
    return entries
