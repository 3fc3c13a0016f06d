# LOST: `await a, b` awaits only a.
import asyncio


async def greet_all(delays, say):
    tasks = [asyncio.create_task(say(delay)) for delay in delays]
    if tasks:
        await tasks[0], tasks[1:]
    return [task.result() for task in tasks]
