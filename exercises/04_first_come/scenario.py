"""Calls the functions of an attempt, and goes on for a while when they have come back."""

from itertools import islice


def fastest(attempt, mirrors, fetch, moment=None, told=True):
    """What fastest returns, or None when that is not to be told. With a moment, the end comes that much later."""
    answer = attempt.fastest(mirrors, fetch)
    if moment is not None:
        moment()
    return answer if told else None


def stream(attempt, urls, fetch, leave_after=None, moment=None):
    """Everything that stream yields, in a list; or take so many items, leave, and return how many came."""
    pages = iter(attempt.stream(urls, fetch))
    if leave_after is None:
        return list(pages)
    came = sum(1 for _ in islice(pages, leave_after))
    if hasattr(pages, "close"):
        pages.close()  # at the end of a `for` loop that is left early, Python does this by itself
    del pages
    if moment is not None:
        moment()
    return came
