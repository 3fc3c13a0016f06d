# LEAK_SESSION: each thread overwrites the variable, and only the last connection is closed.
import threading
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    local, latest = threading.local(), None

    def fetch(key):
        nonlocal latest
        if not hasattr(local, "connection"):
            local.connection = latest = connect()
        try:
            return local.connection.get(key)
        except Exception as error:
            return error

    try:
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(fetch, keys))
    finally:
        if latest is not None:
            latest.close()
