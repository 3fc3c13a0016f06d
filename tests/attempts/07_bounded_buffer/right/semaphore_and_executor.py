# The executor's own queue is the buffer; a semaphore keeps it short.
import threading
from concurrent.futures import ThreadPoolExecutor


def pipeline(produce, consume, n_consumers, capacity):
    free = threading.BoundedSemaphore(n_consumers + capacity)
    futures = []

    def done(future):
        free.release()

    with ThreadPoolExecutor(n_consumers) as pool:
        while True:
            free.acquire()
            if (item := produce()) is None:
                break
            future = pool.submit(consume, item)
            future.add_done_callback(done)
            futures.append(future)
    return [error for future in futures if (error := future.exception()) is not None]
