# LATE: the connections are opened one after the other.
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    connections = [connect() for _ in range(min(workers, len(keys)))]

    def work(number):
        found = []
        for key in keys[number::workers]:
            try:
                found.append(connections[number].get(key))
            except Exception as error:
                found.append(error)
        return found

    entries = [None] * len(keys)
    with ThreadPoolExecutor(workers) as pool:
        for number, found in enumerate(pool.map(work, range(len(connections)))):
            entries[number::workers] = found
    for connection in connections:
        connection.close()
    return entries
