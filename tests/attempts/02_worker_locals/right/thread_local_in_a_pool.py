# A pool, whose initializer puts a connection into a threading.local; a list of all of them to close at the end.
import threading
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    local, opened = threading.local(), []

    def open_connection():
        local.connection = connect()
        opened.append(local.connection)

    def fetch(key):
        try:
            return local.connection.get(key)
        except Exception as error:
            return error

    try:
        with ThreadPoolExecutor(workers, initializer=open_connection) as pool:
            return list(pool.map(fetch, keys))
    finally:
        for connection in opened:
            connection.close()
