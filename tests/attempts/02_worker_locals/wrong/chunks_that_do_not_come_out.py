# UNDER_USED: the rest of the division is one more share, and one more connection.
# Says: for three workers
import contextlib
from concurrent.futures import ThreadPoolExecutor


def fetch_all(keys, connect, workers):
    size = max(1, len(keys) // workers)
    chunks = [keys[i:i + size] for i in range(0, len(keys), size)]

    def work(chunk):
        entries = []
        with contextlib.closing(connect()) as connection:
            for key in chunk:
                try:
                    entries.append(connection.get(key))
                except Exception as error:
                    entries.append(error)
        return entries

    with ThreadPoolExecutor(workers) as pool:
        return [entry for part in pool.map(work, chunks) for entry in part]
