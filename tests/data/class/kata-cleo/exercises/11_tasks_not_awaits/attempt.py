"""Greet some people: all at the same time, in one thread."""

import asyncio


async def greet_all(delays, say):
    """Call say(delay) for each delay, and return the greetings in the same order."""
    return await asyncio.gather(*(say(delay) for delay in delays))
