# CRASHED: what the main thread puts into a threading.local, no other thread finds there.
# Says: no other thread finds there
import threading
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    local = threading.local()
    local.connection = connect()

    def fetch(key):
        try:
            return local.connection.get(key)
        except Exception as error:
            return error

    try:
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(fetch, keys))
    finally:
        local.connection.close()
