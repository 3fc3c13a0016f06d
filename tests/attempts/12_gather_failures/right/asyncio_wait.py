# asyncio.wait, which cancels nothing: a finally does.
import asyncio


async def collect(calls):
    tasks = await ended([asyncio.create_task(call()) for call in calls], asyncio.ALL_COMPLETED)
    return [task.result() for task in tasks if not task.exception()], [
        task.exception() for task in tasks if task.exception()
    ]


async def all_or_nothing(calls):
    tasks = await ended([asyncio.create_task(call()) for call in calls], asyncio.FIRST_EXCEPTION)
    errors = [task.exception() for task in tasks if not task.cancelled() and task.exception()]
    if errors:
        raise ExceptionGroup("not every call worked", errors)
    return [task.result() for task in tasks]


async def ended(tasks, when):
    """Wait for the tasks, cancel those that are left, and wait until they have tidied up."""
    try:
        if tasks:
            await asyncio.wait(tasks, return_when=when)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return tasks
