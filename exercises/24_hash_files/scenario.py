"""Looks closely at the order of the dictionary that digest_all returns."""

import asyncio
import inspect


def digest_all(attempt, paths, workers):
    """Return the dictionary's values in its order; of a digest the first eight digits, enough to know it by."""
    found = _found(attempt, paths, workers)
    if not isinstance(found, dict):
        raise TypeError(f"digest_all returned a {type(found).__name__}, where a dictionary is asked for")
    return [value[:8] if isinstance(value, str) else value for value in found.values()]


def _found(attempt, paths, workers):
    """Call digest_all, on an event loop if it is an `async def`."""
    found = attempt.digest_all(paths, workers)
    return asyncio.run(found) if inspect.iscoroutine(found) else found
