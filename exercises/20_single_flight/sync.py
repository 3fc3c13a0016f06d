"""Load values by their keys: every caller loads for itself."""

from collections.abc import Callable, Hashable


class Once:
    """Gets values that take long to load. keep: for how many seconds a value, once loaded, is good for others."""

    def __init__(self, keep: float) -> None:
        self.keep = keep

    def get(self, key: Hashable, load: Callable):
        """Return the value of a key, as load(key) returns it, or raise what load(key) raises.

        load(key) takes its time. In a `def`, as here, it is a function, and callers come one after the other.
        In an `async def` it is a coroutine function, and many callers may ask for the same key at once.
        """
        return load(key)
