# Each task is named after all calls: a long name is its own business.
"""Make some calls, of which some fail: all at the same time, each in a task whose name tells which one it is."""

import asyncio


def _named(place, calls):
    return f"call {place} of {calls}"


async def collect(calls):
    tasks = [asyncio.create_task(call(), name=_named(place, calls)) for place, call in enumerate(calls, 1)]
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)], errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call(), name=_named(place, calls)) for place, call in enumerate(calls, 1)]
    return [task.result() for task in tasks]
