# Each worker runs a generator over its share; closing ends its connection.
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing


def share(keys, connect):
    with closing(connect()) as connection:
        for place, key in keys:
            try:
                yield place, connection.get(key)
            except Exception as error:
                yield place, error


def fetch_all(keys, connect, workers):
    numbered = list(enumerate(keys))
    entries = {}
    with ThreadPoolExecutor(workers) as pool:
        for part in pool.map(lambda number: list(share(numbered[number::workers], connect)), range(min(workers, len(keys)))):
            entries |= dict(part)
    return [entries[place] for place in range(len(keys))]
