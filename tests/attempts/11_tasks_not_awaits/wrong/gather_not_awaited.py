# BAD_RESULT_TYPE: gather gives a future: the greetings come when it is awaited.
# Says: `await`
import asyncio


async def greet_all(delays, say):
    return asyncio.gather(*(say(delay) for delay in delays))
