"""Produce items and consume them: side by side, with a bounded queue in between."""

import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    """Consume every item that is produced, and return the exceptions of those on which consume failed, in any order.

    If produce raises an exception, what has been produced is still consumed, and then the caller gets it.
    """
    buffer = queue.Queue(maxsize=capacity)
    failures = []

    def consumer():
        while (item := buffer.get()) is not None:
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    try:
        while (item := produce()) is not None:
            buffer.put(item)
    finally:
        for _ in threads:
            buffer.put(None)  # each consumer takes one, and ends
        for thread in threads:
            thread.join()
    return failures
