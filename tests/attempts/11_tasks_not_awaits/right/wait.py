# asyncio.wait, which takes tasks and wants at least one.
import asyncio


async def greet_all(delays, say):
    tasks = [asyncio.ensure_future(say(delay)) for delay in delays]
    if tasks:
        await asyncio.wait(tasks)
    return [task.result() for task in tasks]
