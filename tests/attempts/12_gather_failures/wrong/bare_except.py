# NO_CANCEL: except BaseException takes a cancellation from outside for one more failed call.
import asyncio


async def collect(calls):
    tasks = [asyncio.create_task(call()) for call in calls]
    results, errors = [], []
    for task in tasks:
        try:
            results.append(await task)
        except BaseException as error:
            errors.append(error)
    return results, errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
