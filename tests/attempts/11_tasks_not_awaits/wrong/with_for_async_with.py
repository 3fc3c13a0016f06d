# CRASHED: a TaskGroup needs `async with`.
# Says: `async with`
import asyncio
async def greet_all(delays, say):
    with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(say(delay)) for delay in delays]
    return [t.result() for t in tasks]
