# CRASHED: the brackets await one after the other, and gather gets greetings instead of coroutines.
import asyncio


async def greet_all(delays, say):
    return await asyncio.gather(*[await say(delay) for delay in delays])
