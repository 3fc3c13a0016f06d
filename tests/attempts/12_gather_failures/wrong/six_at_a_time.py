# UNDER_USED: six calls at a time.
import asyncio


async def collect(calls):
    outcomes = []
    for first in range(0, len(calls), 6):
        outcomes += await asyncio.gather(*(call() for call in calls[first:first + 6]), return_exceptions=True)
    results = [o for o in outcomes if not isinstance(o, BaseException)]
    errors = [o for o in outcomes if isinstance(o, BaseException)]
    return results, errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
