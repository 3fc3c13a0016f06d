# LEAK_TASK: the group gets an exception, and no list; and whoever cancels from outside is not heard.
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    return [outcome for outcome in outcomes if not isinstance(outcome, BaseException)], errors


async def all_or_nothing(calls):
    tasks = [asyncio.create_task(call()) for call in calls]
    try:
        return await asyncio.gather(*tasks)
    except Exception as error:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise ExceptionGroup("failed", error)
