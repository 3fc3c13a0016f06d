# CRASHED: awaited in the comprehension: what create_task gets is a greeting.
# Says: awaited too early
# Says: give the coroutines themselves to gather
import asyncio


async def greet_all(delays, say):
    return await asyncio.gather(*[asyncio.create_task(await say(delay)) for delay in delays])
