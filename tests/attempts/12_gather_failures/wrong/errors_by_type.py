# SWALLOWED: two errors of the same type are not the same error.
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = {type(outcome): outcome for outcome in outcomes if isinstance(outcome, Exception)}
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)], list(errors.values())


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
