# LEAK_TASK: gather without return_exceptions, in collect.
# Says: `return_exceptions=True`
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls))
    results = [o for o in outcomes if not isinstance(o, BaseException)]
    errors = [o for o in outcomes if isinstance(o, BaseException)]
    return results, errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
