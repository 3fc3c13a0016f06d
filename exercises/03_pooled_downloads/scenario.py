"""Calls the function of an attempt several times in one process."""

from checker.attempt.awaited import awaited


def made_up(attempt, urls) -> list[str]:
    """The kinds of those exceptions in the list that download_all returns which nobody has ever raised."""
    entries = awaited(attempt.download_all(urls))
    return [type(each).__name__ for each in entries if isinstance(each, Exception) and each.__traceback__ is None]


def in_turn(attempt, *lists_of_urls) -> list[object]:
    """What download_all returns for each of these lists, one after another."""
    return [awaited(attempt.download_all(urls)) for urls in lists_of_urls]
