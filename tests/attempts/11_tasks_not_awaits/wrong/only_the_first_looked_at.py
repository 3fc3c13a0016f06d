# SWALLOWED: of the greetings only the first is looked at, and here another has failed.
import asyncio


async def greet_all(delays, say):
    greetings = await asyncio.gather(*map(say, delays), return_exceptions=True)
    if greetings and isinstance(greetings[0], Exception):
        raise greetings[0]
    return greetings
