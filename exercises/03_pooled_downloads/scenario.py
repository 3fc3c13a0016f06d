"""Calls the function of an attempt several times in one process."""

from checker.attempt.awaited import awaited


def in_turn(attempt, *lists_of_urls) -> list[object]:
    """What download_all returns for each of these lists, one after another."""
    return [awaited(attempt.download_all(urls)) for urls in lists_of_urls]
