# UNDER_USED: all_or_nothing makes ten calls at a time.
# Says: never more than 10
"""Make some calls, of which some fail: all at the same time."""

import asyncio


async def collect(calls):
    """Make every call, whether others fail or not. Return (results, errors), each in the order of the calls."""
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    return [outcome for outcome in outcomes if not isinstance(outcome, BaseException)], errors


async def all_or_nothing(calls):
    """Make every call, and return the list of their results, in the order of the calls.

    If one fails, cancel the others, wait until they have ended, and raise an ExceptionGroup with every error.
    """
    slots = asyncio.Semaphore(10)

    async def limited(call):
        async with slots:
            return await call()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(limited(call)) for call in calls]
    return [task.result() for task in tasks]
