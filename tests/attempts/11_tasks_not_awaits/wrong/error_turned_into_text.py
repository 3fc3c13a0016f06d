# SWALLOWED: whoever gives errors back as greetings leaves nobody to notice them.
import asyncio


async def greet_all(delays, say):
    return await asyncio.gather(*(say(delay) for delay in delays), return_exceptions=True)
