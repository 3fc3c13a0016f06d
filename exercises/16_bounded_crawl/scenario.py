"""Crawls a site more than once in one process."""

from checker.attempt.awaited import called


async def crawl_again(attempt, start, limit) -> object:
    """What crawl returns the second time. The first time, one more request was allowed at once."""
    await called(attempt.crawl, start, limit + 1)
    return await called(attempt.crawl, start, limit)
