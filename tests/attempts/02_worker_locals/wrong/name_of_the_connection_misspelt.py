# CRASHED: a typing mistake in a name is kept as if the key had failed.
# Says: Nothing has that name here
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    def fetch(key):
        connection = connect()
        try:
            return connecton.get(key)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(fetch, keys))
