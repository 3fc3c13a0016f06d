# CRASHED: the function connect itself, where a connection should be.
from concurrent.futures import ThreadPoolExecutor
import threading

local = threading.local()


def fetch_all(keys, connect, workers):
    opened = []

    def start():
        local.connection = connect
        opened.append(local.connection)

    def fetch(key):
        try:
            return local.connection.get(key)
        except Exception as error:
            return error

    with ThreadPoolExecutor(workers, initializer=start) as pool:
        entries = list(pool.map(fetch, keys))
    for connection in opened:
        connection.close()
    return entries
