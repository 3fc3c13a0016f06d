# LOST: the first answer ends the waiting, the other results are left out, and the operation that would fail is cancelled.
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    return [outcome for outcome in outcomes if not isinstance(outcome, BaseException)], errors


async def all_or_nothing(calls):
    tasks = [asyncio.create_task(call()) for call in calls]
    if not tasks:
        return []
    try:
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)  # FIRST_EXCEPTION was meant
    except asyncio.CancelledError:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    errors = [task.exception() for task in tasks if task in done and task.exception()]
    if errors:
        raise ExceptionGroup("not every call worked", errors)
    return [task.result() for task in tasks if task in done]
