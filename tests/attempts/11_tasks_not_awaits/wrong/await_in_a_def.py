# SYNTAX_ERROR: await outside of an async def.
# Says: `async def`
import asyncio


def greet_all(delays, say):
    return await asyncio.gather(*(say(delay) for delay in delays))
