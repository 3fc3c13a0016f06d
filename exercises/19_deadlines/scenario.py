"""Asks for quotes, and loses interest before they are there."""

import asyncio
import inspect


async def walk_away(attempt, sources, ask, deadline, moment):
    """Start `quotes` as a task, cancel it after a moment, and end as it ends: with its result or its exception."""
    if not inspect.iscoroutinefunction(attempt.quotes):
        raise asyncio.CancelledError  # a plain function cannot be cancelled, so there is nothing to find out
    task = asyncio.create_task(attempt.quotes(sources, ask, deadline))
    await asyncio.sleep(0.05)  # so that every source has been asked before the moment begins
    await moment()
    task.cancel()
    return await task
