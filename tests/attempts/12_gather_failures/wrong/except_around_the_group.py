# LOST: the group cancels the other calls, and one exception stands for all.
# Says: were cancelled before they had answered
# Says: must not end the waiting for the others
import asyncio


async def collect(calls):
    errors = []
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(call()) for call in calls]
    except Exception as error:
        errors.append(error)
    return [task.result() for task in tasks if not task.cancelled() and not task.exception()], errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
