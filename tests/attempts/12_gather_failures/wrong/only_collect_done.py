# SERIAL: all_or_nothing still awaits in a loop.
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)], errors


async def all_or_nothing(calls):
    results = []
    for call in calls:
        try:
            results.append(await call())
        except Exception as error:
            raise ExceptionGroup("not every call worked", [error]) from None
    return results
