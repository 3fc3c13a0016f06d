# LEAK_TASK: cancelled from outside, asyncio.wait leaves its tasks alone.
import asyncio


async def collect(calls):
    tasks = [asyncio.create_task(call()) for call in calls]
    if tasks:
        await asyncio.wait(tasks)
    return [task.result() for task in tasks if not task.exception()], [
        task.exception() for task in tasks if task.exception()
    ]


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
