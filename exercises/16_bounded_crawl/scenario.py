"""Crawls a site more than once in one process."""

from checker.attempt.awaited import called


async def crawl_again(attempt, start, limit) -> object:
    """What crawl returns the second time."""
    await called(attempt.crawl, start, limit)
    return await called(attempt.crawl, start, limit)
