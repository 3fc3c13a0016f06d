# RACE: all threads use one connection.
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    connection = connect()

    def fetch(key):
        try:
            return connection.get(key)
        except Exception as error:
            return error

    try:
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(fetch, keys))
    finally:
        connection.close()
