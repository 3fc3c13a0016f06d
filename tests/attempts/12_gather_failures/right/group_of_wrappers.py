# A TaskGroup for both: in collect, no task ever fails.
import asyncio


async def collect(calls):
    async def kept(call):
        try:
            return await call(), None
        except Exception as error:
            return None, error

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(kept(call)) for call in calls]
    outcomes = [task.result() for task in tasks]
    return [result for result, error in outcomes if error is None], [error for _, error in outcomes if error]


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
