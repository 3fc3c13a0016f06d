# UNDER_USED: four threads, and still a new connection for each key.
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    def fetch(key):
        connection = connect()
        try:
            return connection.get(key)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(fetch, keys))
