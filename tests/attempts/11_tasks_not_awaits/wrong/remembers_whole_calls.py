# WRONG_RESULT: whoever calls again gets the old greetings.
"""Greet some people: all at once."""

import asyncio

_greeted = {}


async def greet_all(delays, say):
    key = (say, tuple(delays))
    if key in _greeted:
        return list(_greeted[key])
    greetings = await asyncio.gather(*(say(delay) for delay in delays))
    _greeted[key] = tuple(greetings)
    return list(greetings)
