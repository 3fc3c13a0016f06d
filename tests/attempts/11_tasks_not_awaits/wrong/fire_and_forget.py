# LEAK_TASK: tasks that nobody keeps and nobody awaits.
import asyncio


async def greet_all(delays, say):
    greetings = []

    async def greet(delay):
        greetings.append(await say(delay))

    for delay in delays:
        asyncio.create_task(greet(delay))
    await asyncio.sleep(0)
    return greetings
