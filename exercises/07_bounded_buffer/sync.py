"""Produce items and consume them: one after the other."""

from collections.abc import Callable


def pipeline(produce: Callable, consume: Callable, n_consumers: int, capacity: int) -> list[Exception]:
    """Consume every item that is produced, and return the exceptions of those on which consume failed, in any order.

    produce() takes a while and returns the next item, or None when there are no more. It is not safe
    to call from two threads at once. consume(item) takes a while, too; up to n_consumers threads may
    do that at once. At most `capacity` items may wait in between.

    If produce raises an exception, what has been produced is still consumed, and then the caller gets it.
    """
    failures = []
    while (item := produce()) is not None:
        try:
            consume(item)
        except Exception as error:
            failures.append(error)
    return failures
