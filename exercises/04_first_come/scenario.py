"""Calls the function of an attempt, and goes on for a while when it has come back."""

import inspect


def fastest(attempt, mirrors, fetch, moment=None, told=True):
    """What fastest returns, or None when that is not to be told. With a moment, the end comes that much later."""
    answer = called(attempt, mirrors, fetch)
    if moment is not None:
        moment()
    return answer if told else None


def called(attempt, mirrors, fetch):
    """What fastest returns."""
    if inspect.iscoroutinefunction(attempt.fastest):
        raise TypeError("fastest is an `async def`, and whoever calls it has no event loop: make it a `def`")
    return attempt.fastest(mirrors, fetch)


def quick(attempt, mirrors):
    """The same, where no mirror takes any time, and those fail whose names begin with "down"."""

    def fetch(mirror):
        if mirror.startswith("down"):
            raise ConnectionError(f"{mirror} does not answer")
        return mirror.encode()

    return called(attempt, mirrors, fetch)


kept = []


def fail(attempt, mirrors, fetch):
    """fastest, whose exception is kept, as a program may that logs it later: whatever that refers to stays."""
    try:
        return called(attempt, mirrors, fetch)
    except ExceptionGroup as group:
        kept.append(group)
        raise
