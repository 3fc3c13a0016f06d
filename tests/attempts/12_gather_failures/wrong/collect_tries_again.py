# DUPLICATE: a call that has failed is made a second time.
import asyncio


async def attempt(call):
    try:
        return await call()
    except Exception:
        await asyncio.sleep(0.01)
        return await call()  # perhaps it works now


async def collect(calls):
    """Make every call, whether others fail or not. Return (results, errors)."""
    outcomes = await asyncio.gather(*(attempt(call) for call in calls), return_exceptions=True)
    results = [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
    errors = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    return results, errors


async def all_or_nothing(calls):
    """Make every call, and return the list of their results, in the order of the calls."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
