# LEAK_TASK: the error is put into a group, but the other calls go on.
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)], errors


async def all_or_nothing(calls):
    try:
        return await asyncio.gather(*(call() for call in calls))
    except Exception as error:
        raise ExceptionGroup("not every call worked", [error]) from None
