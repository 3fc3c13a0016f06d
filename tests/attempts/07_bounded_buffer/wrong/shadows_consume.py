# LOST: an inner function hides the consume that was handed in.
# Says: Is there a function of your own
"""Produce items in one thread and consume them in others."""

import queue
import threading
from collections.abc import Callable


def pipeline(produce: Callable, consume: Callable, n_consumers: int, capacity: int) -> list[Exception]:
    """Consume every item that is produced, and return the exceptions of those on which consume failed."""
    buffer = queue.Queue(maxsize=capacity)
    failures = []

    def consume():
        while (item := buffer.get()) is not None:
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=consume) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    try:
        while (item := produce()) is not None:
            buffer.put(item)
    finally:
        for _ in range(n_consumers):
            buffer.put(None)
        for thread in threads:
            thread.join()
    return failures
