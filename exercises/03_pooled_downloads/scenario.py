"""Calls the function of an attempt several times in one process."""

import asyncio
import inspect


def in_turn(attempt, *lists_of_urls):
    """What download_all returns for each of these lists, one after another."""
    return [called(attempt, urls) for urls in lists_of_urls]


def called(attempt, urls):
    if inspect.iscoroutinefunction(attempt.download_all):
        return asyncio.run(attempt.download_all(urls))
    return attempt.download_all(urls)
