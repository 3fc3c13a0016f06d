"""Looks closely at the order of the dictionary that digest_all returns."""

from checker.attempt.awaited import awaited


def digest_all(attempt, paths, workers) -> list[object]:
    """Return the dictionary's values in its order; of a digest the first eight digits, enough to know it by."""
    found = awaited(attempt.digest_all(paths, workers))
    if not isinstance(found, dict):
        raise TypeError(f"digest_all returned a {type(found).__name__}, where a dictionary is asked for")
    return [value[:8] if isinstance(value, str) else value for value in found.values()]
