# LOST: of two errors of one type, one is kept.
# Says: nothing of 'mailer'
"""Make some calls, of which some fail: all at the same time."""

import asyncio


async def collect(calls):
    """Make every call, whether others fail or not. Return (results, errors)."""
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    results, errors = [], []
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            errors.append(outcome)
        else:
            results.append(outcome)
    return results, errors


async def all_or_nothing(calls):
    """Make every call, and return the list of their results, in the order of the calls.

    If one fails, stop the others, and raise an ExceptionGroup with every error that happened.
    """
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(call()) for call in calls]
    except ExceptionGroup as failed:
        by_type = {type(error): error for error in failed.exceptions}
        raise ExceptionGroup("not every call worked", list(by_type.values())) from None
    return [task.result() for task in tasks]
