# The connection is opened when a thread needs it for the first time.
import threading
from concurrent.futures import ThreadPoolExecutor


class Shop(threading.local):
    connection = None


def fetch_all(keys, connect, workers):
    shop, opened = Shop(), []

    def fetch(key):
        if shop.connection is None:
            shop.connection = connect()
            opened.append(shop.connection)
        try:
            return shop.connection.get(key)
        except Exception as error:
            return error

    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures = [pool.submit(fetch, key) for key in keys]
    for connection in opened:
        connection.close()
    return [future.result() for future in futures]
