# LATE: it waits for calls whose results nobody needs any longer.
# Says: ancel
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)], errors


async def all_or_nothing(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    if errors:
        raise ExceptionGroup("not every call worked", errors)
    return outcomes
