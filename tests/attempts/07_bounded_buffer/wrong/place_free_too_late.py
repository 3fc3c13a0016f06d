# UNDER_USED: an item keeps its place in the buffer until it is consumed.
import threading
from concurrent.futures import ThreadPoolExecutor


def pipeline(produce, consume, n_consumers, capacity):
    places, futures = threading.Semaphore(capacity), []

    with ThreadPoolExecutor(n_consumers) as pool:
        while True:
            places.acquire()
            if (item := produce()) is None:
                break
            future = pool.submit(consume, item)
            future.add_done_callback(lambda _: places.release())
            futures.append(future)
    return [error for future in futures if (error := future.exception()) is not None]
