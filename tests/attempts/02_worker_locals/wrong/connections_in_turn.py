# RACE: the number of the key tells the connection, not who is free: with a slow key, two threads are on one.
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    """Return a list with one entry for each key, in order: its value, or the exception if it could not be fetched."""
    with ThreadPoolExecutor(max_workers=workers) as pool:
        connections = list(pool.map(lambda _: connect(), range(workers)))

        def fetch(place):
            connection = connections[place % workers]
            try:
                return connection.get(keys[place])
            except Exception as error:
                return error

        entries = list(pool.map(fetch, range(len(keys))))
        list(pool.map(lambda connection: connection.close(), connections))
    return entries
