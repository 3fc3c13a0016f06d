# SWALLOWED: only the results are kept.
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)], []


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
