# HANG: `queue` is a variable of `pipeline`, which a consumer does not know.
# Says: Nothing has that name here
import threading
from queue import Queue


def consumer(consume, failures):
    while (item := queue.get()) is not None:
        try:
            consume(item)
        except Exception as error:
            failures.append(error)


def pipeline(produce, consume, n_consumers, capacity):
    queue = Queue(capacity)
    failures = []
    threads = [threading.Thread(target=consumer, args=(consume, failures)) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    try:
        while (item := produce()) is not None:
            queue.put(item)
    finally:
        for _ in threads:
            queue.put(None)
        for thread in threads:
            thread.join()
    return failures
