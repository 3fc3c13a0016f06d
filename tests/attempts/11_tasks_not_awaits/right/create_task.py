# All tasks first, then the awaits.
import asyncio


async def greet_all(delays, say):
    tasks = [asyncio.create_task(say(delay)) for delay in delays]
    return [await task for task in tasks]
