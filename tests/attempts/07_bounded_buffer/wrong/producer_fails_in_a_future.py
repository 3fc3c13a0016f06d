# SWALLOWED: the exception of `produce` stays in a future that nobody keeps.
# Says: `pool.submit(producer)` gives a future
import queue
from concurrent.futures import ThreadPoolExecutor


def pipeline(produce, consume, n_consumers, capacity):
    buffer = queue.Queue(maxsize=capacity)
    failures = []

    def producer():
        try:
            while (item := produce()) is not None:
                buffer.put(item)
        finally:
            for _ in range(n_consumers):
                buffer.put(None)

    def consumer():
        while (item := buffer.get()) is not None:
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    with ThreadPoolExecutor(n_consumers + 1) as pool:
        pool.submit(producer)
        for _ in range(n_consumers):
            pool.submit(consumer)
    return failures
