# LEAK_TASK: cancelled from outside, only the task that it awaits is cancelled; the others go on.
import asyncio


async def collect(calls):
    tasks = [asyncio.create_task(call()) for call in calls]
    results, errors = [], []
    for task in tasks:
        try:
            results.append(await task)
        except Exception as error:
            errors.append(error)
    return results, errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
