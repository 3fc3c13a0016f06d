# BUSY_WAIT: it asks all the time whether they are done.
import asyncio


async def greet_all(delays, say):
    tasks = [asyncio.create_task(say(delay)) for delay in delays]
    while not all(task.done() for task in tasks):
        await asyncio.sleep(0)
    return [task.result() for task in tasks]
