# UNDER_USED: five at a time, where nothing keeps it from asking all.
import asyncio


async def greet_all(delays, say):
    greetings = []
    for first in range(0, len(delays), 5):
        greetings += await asyncio.gather(*(say(delay) for delay in delays[first:first + 5]))
    return greetings
