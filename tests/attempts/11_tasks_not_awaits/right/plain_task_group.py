# A TaskGroup as it comes: a failure reaches the caller in an ExceptionGroup.
from asyncio import TaskGroup


async def greet_all(delays, say):
    greetings = []
    async with TaskGroup() as group:
        for delay in delays:
            greetings.append(group.create_task(say(delay)))
    return [greeting.result() for greeting in greetings]
