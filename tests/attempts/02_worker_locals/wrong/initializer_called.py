# CRASHED: initializer=start() opens one connection, in the main thread.
# Says: `ThreadPoolExecutor(initializer=start)`
import threading
from concurrent.futures import ThreadPoolExecutor
local = threading.local()
def fetch_all(keys, connect, workers):
    def start():
        local.c = connect()
    def get(key):
        try:
            return local.c.get(key)
        except Exception as e:
            return e
    with ThreadPoolExecutor(workers, initializer=start()) as pool:
        return list(pool.map(get, keys))
