# ORDER: errors and results are the other way round.
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    return errors, [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
