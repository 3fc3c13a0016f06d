# DUPLICATE: an empty greeting is taken for none, and asked for once more.
# Says: An empty greeting is a greeting
import asyncio


async def greet_all(delays, say):
    async def greet(delay):
        greeting = await say(delay)
        if not greeting:
            greeting = await say(delay)
        return greeting

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(greet(delay)) for delay in delays]
    return [task.result() for task in tasks]
