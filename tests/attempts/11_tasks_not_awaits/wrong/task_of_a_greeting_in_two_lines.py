# CRASHED: the greeting is awaited, and then a task is made of it.
# Says: awaited too early
import asyncio


async def greet_all(delays, say):
    tasks = []
    for delay in delays:
        greeting = await say(delay)
        tasks.append(asyncio.create_task(greeting))
    return list(await asyncio.gather(*tasks))
