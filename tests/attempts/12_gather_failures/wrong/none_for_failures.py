# DUPLICATE: failures leave their places in the list of results.
# Says: does not belong there
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    results = [None if isinstance(o, BaseException) else o for o in outcomes]
    errors = [o for o in outcomes if isinstance(o, BaseException)]
    return results, errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
