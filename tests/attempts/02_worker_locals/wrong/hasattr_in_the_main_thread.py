# CRASHED: the attribute is there only in the thread that made it.
import threading
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    local = threading.local()
    if not hasattr(local, "connection"):
        local.connection = connect()

    def fetch(key):
        connection = local.connection
        try:
            return connection.get(key)
        except Exception as error:
            return error

    try:
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(fetch, keys))
    finally:
        local.connection.close()
