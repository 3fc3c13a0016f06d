# CRASHED: each key closes the connection that its worker still needs.
import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    local = threading.local()

    def open_connection():
        local.connection = connect()

    def fetch(key):
        try:
            with contextlib.closing(local.connection) as connection:
                return connection.get(key)
        except Exception as error:
            return error

    with ThreadPoolExecutor(workers, initializer=open_connection) as pool:
        return list(pool.map(fetch, keys))
