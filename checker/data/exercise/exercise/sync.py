"""TODO: what the slow program does, in a line."""

from collections.abc import Callable


def fetch_all(names: list[str], fetch: Callable[[str], str]) -> list[str]:
    """Return the answers in the order of the names. fetch(name) takes a while, and returns the answer."""
    return [fetch(name) for name in names]
