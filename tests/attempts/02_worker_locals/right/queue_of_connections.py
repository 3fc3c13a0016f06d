# The connections are in a queue: who needs one takes it out, and puts it back.
import queue
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    free = queue.SimpleQueue()

    def fetch(key):
        connection = free.get()
        try:
            return connection.get(key)
        except Exception as error:
            return error
        finally:
            free.put(connection)

    with ThreadPoolExecutor(workers) as pool:
        for future in [pool.submit(connect) for _ in range(min(workers, len(keys)))]:
            free.put(future.result())
        entries = list(pool.map(fetch, keys))
    while not free.empty():
        free.get().close()
    return entries
