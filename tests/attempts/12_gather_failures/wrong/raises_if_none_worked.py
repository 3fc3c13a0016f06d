# CRASHED: if not a single call worked, collect raises.
"""Make some calls, of which some fail: all at the same time."""

import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    results, errors = [], []
    for outcome in outcomes:
        (errors if isinstance(outcome, BaseException) else results).append(outcome)
    if errors and not results:
        raise BaseExceptionGroup("no call worked", errors)
    return results, errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call()) for call in calls]
    return [task.result() for task in tasks]
