# LEAK_SESSION: a threading.local goes with its thread, but nobody closes what was in it.
import threading
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    local = threading.local()

    def fetch(key):
        if not hasattr(local, "connection"):
            local.connection = connect()
        try:
            return local.connection.get(key)
        except Exception as error:
            return error

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(fetch, keys))
