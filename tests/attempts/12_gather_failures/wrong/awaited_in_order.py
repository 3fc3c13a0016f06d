# LATE: a failure is not seen before the calls in front of it have ended.
# Says: cancel that first
# Says: attempt.py:
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)], errors


async def all_or_nothing(calls):
    tasks = [asyncio.create_task(call()) for call in calls]
    try:
        return [await task for task in tasks]
    except Exception:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        raise ExceptionGroup("not every call worked", errors) from None
    except asyncio.CancelledError:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
