# WRONG_RESULT: the list of failures is a default argument, and has those of earlier calls, too.
"""Produce items and consume them, at the same time."""

import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def consume_all(buffer, consume, failures=[]):
    while (item := buffer.get()) is not None:
        try:
            consume(item)
        except Exception as error:
            failures.append(error)
    return failures


def pipeline(produce: Callable, consume: Callable, n_consumers: int, capacity: int) -> list[Exception]:
    """Consume every item that is produced, and return the exceptions of those on which consume failed, in any order."""
    buffer = queue.Queue(maxsize=capacity)
    with ThreadPoolExecutor(n_consumers) as pool:
        consumers = [pool.submit(consume_all, buffer, consume) for _ in range(n_consumers)]
        try:
            while (item := produce()) is not None:
                buffer.put(item)
        finally:
            for _ in range(n_consumers):
                buffer.put(None)
    return consumers[0].result()
