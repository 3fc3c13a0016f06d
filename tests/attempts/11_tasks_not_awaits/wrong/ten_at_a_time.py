# UNDER_USED: ten at a time, where all can wait at once.
import asyncio


async def greet_all(delays, say):
    greetings = []
    for start in range(0, len(delays), 10):
        greetings += await asyncio.gather(*map(say, delays[start:start + 10]))
    return greetings
