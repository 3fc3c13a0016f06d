"""Crawls a site more than once in one process."""

import asyncio
import inspect


async def crawl_again(attempt, start, limit):
    """What crawl returns the second time."""
    await _crawl(attempt, start, limit)
    return await _crawl(attempt, start, limit)


async def _crawl(attempt, start, limit):
    """A plain `def` gets a thread in which it may block."""
    if inspect.iscoroutinefunction(attempt.crawl):
        return await attempt.crawl(start, limit)
    return await asyncio.to_thread(attempt.crawl, start, limit)
