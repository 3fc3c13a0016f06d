# UNBOUNDED: consumers begin when everything has been produced.
from concurrent.futures import ThreadPoolExecutor


def pipeline(produce, consume, n_consumers, capacity):
    items, failure = [], None
    try:
        while (item := produce()) is not None:
            items.append(item)
    except Exception as error:
        failure = error
    with ThreadPoolExecutor(n_consumers) as pool:
        futures = [pool.submit(consume, item) for item in items]
    if failure is not None:
        raise failure
    return [future.exception() for future in futures if future.exception()]
