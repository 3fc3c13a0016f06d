# Callbacks put the futures into a queue; a narrow pool, whose queue is emptied by cancelling every future.
import queue
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


@contextmanager
def asked(places, fetch, workers):
    pool, done, futures = ThreadPoolExecutor(workers), queue.SimpleQueue(), {}
    for place in places:
        future = pool.submit(fetch, place)
        futures[future] = place
        future.add_done_callback(done.put)
    try:
        yield futures, done
    finally:
        for future in futures:
            future.cancel()
        pool.shutdown(wait=False)


def fastest(mirrors, fetch):
    with asked(mirrors, fetch, min(32, len(mirrors))) as (futures, done):
        errors = []
        while len(errors) < len(futures):
            future = done.get()
            if future.exception() is None:
                return futures[future], future.result()
            errors.append(future.exception())
        raise ExceptionGroup(f"{len(errors)} mirrors failed", errors)
