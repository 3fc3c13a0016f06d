# CRASHED: the results are asked for inside of the block, which cancels all tasks before they begin.
# Says: Result is not set
# Says: one indentation to the left
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    results = [each for each in outcomes if not isinstance(each, BaseException)]
    errors = [each for each in outcomes if isinstance(each, BaseException)]
    return results, errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
        return [task.result() for task in tasks]
