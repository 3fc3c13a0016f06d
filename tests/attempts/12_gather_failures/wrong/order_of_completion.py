# ORDER: the quickest result first.
import asyncio


async def collect(calls):
    results, errors = [], []

    async def keep(call):
        try:
            results.append(await call())
        except Exception as error:
            errors.append(error)

    async with asyncio.TaskGroup() as group:
        for call in calls:
            group.create_task(keep(call))
    return results, errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
