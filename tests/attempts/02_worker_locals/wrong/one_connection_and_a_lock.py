# SERIAL: one connection, and a lock around it.
import threading
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    connection, lock = connect(), threading.Lock()

    def fetch(key):
        with lock:
            try:
                return connection.get(key)
            except Exception as error:
                return error

    try:
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(fetch, keys))
    finally:
        connection.close()
