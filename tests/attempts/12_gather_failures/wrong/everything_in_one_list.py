# ORDER: errors stand among the results.
import asyncio


async def collect(calls):
    return await asyncio.gather(*(call() for call in calls), return_exceptions=True), []


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
