# Structured: the group waits for all of its tasks.
import asyncio


async def greet_all(delays, say):
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(say(delay)) for delay in delays]
    except* ConnectionError as errors:
        raise errors.exceptions[0]
    return [task.result() for task in tasks]
