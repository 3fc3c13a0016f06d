# LEAK_TASK: the first error ends the gather; the other calls go on, and all results are lost.
import asyncio


async def collect(calls):
    try:
        return await asyncio.gather(*(call() for call in calls)), []
    except Exception as error:
        return [], [error]


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
