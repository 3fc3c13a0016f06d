# SERIAL: a task that is awaited where it is created runs alone.
import asyncio


async def greet_all(delays, say):
    return [await asyncio.create_task(say(delay)) for delay in delays]
