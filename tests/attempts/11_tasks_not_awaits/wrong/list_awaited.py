# CRASHED: a list of coroutines cannot be awaited.
# Says: what is in it can
import asyncio


async def greet_all(delays, say):
    coroutines = [say(delay) for delay in delays]
    return await coroutines
