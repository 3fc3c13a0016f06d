# CRASHED: the class is named, and no group is made.
# Says: put parentheses behind its name
import asyncio


async def greet_all(delays, say):
    async with asyncio.TaskGroup as tg:
        tasks = [tg.create_task(say(d)) for d in delays]
    return [t.result() for t in tasks]
