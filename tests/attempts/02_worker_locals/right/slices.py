"""Each worker has its share of the keys from the beginning."""

import threading


def fetch_all(keys, connect, workers):
    entries = [None] * len(keys)

    def worker(first):
        connection = connect()
        for number in range(first, len(keys), workers):
            try:
                entries[number] = connection.get(keys[number])
            except Exception as error:
                entries[number] = error
        connection.close()

    threads = [threading.Thread(target=worker, args=(first,)) for first in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return entries
