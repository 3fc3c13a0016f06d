"""Looks closely at the order of the dictionary that digest_all returns, and calls it again."""

from checker.attempt.awaited import awaited


def digest_all(attempt, paths, workers) -> list[object]:
    """Return the dictionary's values in its order; of a digest the first eight digits, enough to know it by."""
    found = awaited(attempt.digest_all(paths, workers))
    if not isinstance(found, dict):
        raise TypeError(f"digest_all returned a {type(found).__name__}, where a dictionary is asked for")
    return [value[:8] if isinstance(value, str) else value for value in found.values()]


def digest_again(attempt, before, paths, workers, change) -> list[object]:
    """The same of a second call, with other paths; between the two a file changes."""
    awaited(attempt.digest_all(before, workers))
    change()
    return digest_all(attempt, paths, workers)
