# WRONG_RESULT: all_or_nothing keeps its tasks in a list of the module, with those of the call before.
# Says: inside `all_or_nothing`
"""Make some calls, of which some fail: all at the same time."""

import asyncio


async def collect(calls):
    """Make every call, whether others fail or not. Return (results, errors), each in the order of the calls."""
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    return [outcome for outcome in outcomes if not isinstance(outcome, BaseException)], errors


done = []


async def all_or_nothing(calls):
    """Make every call, and return the list of their results, in the order of the calls.

    If one fails, cancel the others, wait until they have ended, and raise an ExceptionGroup with every error.
    """
    async with asyncio.TaskGroup() as group:
        for call in calls:
            done.append(group.create_task(call()))
    return [task.result() for task in done]
