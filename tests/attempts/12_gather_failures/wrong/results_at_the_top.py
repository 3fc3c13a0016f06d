# WRONG_RESULT: the lists are made at the top of the file, and have what came of earlier calls, too.
"""Make some calls, of which some fail: all at the same time."""

import asyncio

results = []
errors = []


async def collect(calls):
    """Make every call, whether others fail or not. Return (results, errors), each in the order of the calls."""
    for outcome in await asyncio.gather(*(call() for call in calls), return_exceptions=True):
        if isinstance(outcome, Exception):
            errors.append(outcome)
        else:
            results.append(outcome)
    return results, errors


async def all_or_nothing(calls):
    """Make every call, and return the list of their results, in the order of the calls.

    If one fails, cancel the others, wait until they have ended, and raise an ExceptionGroup with every error.
    """
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
