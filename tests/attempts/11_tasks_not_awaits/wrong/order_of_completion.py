# ORDER: the quickest greeting first.
import asyncio


async def greet_all(delays, say):
    return [await next_done for next_done in asyncio.as_completed([say(delay) for delay in delays])]
