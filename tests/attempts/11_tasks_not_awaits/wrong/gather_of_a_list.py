# CRASHED: gather takes coroutines, not a list of them.
# Says: `gather(*coroutines)`
import asyncio


async def greet_all(delays, say):
    return await asyncio.gather([say(delay) for delay in delays])
