# UNDER_USED: a semaphore lets twelve calls through at a time, the number of the README.
"""Make some calls, of which some fail: all at the same time."""

import asyncio

LINES = 12


def on_a_line(calls):
    """Give each call one of the lines that there are."""
    lines = asyncio.Semaphore(LINES)

    async def make(call):
        async with lines:
            return await call()

    return [make(call) for call in calls]


async def collect(calls):
    outcomes = await asyncio.gather(*on_a_line(calls), return_exceptions=True)
    results = [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
    errors = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    return results, errors


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(made) for made in on_a_line(calls)]
    return [task.result() for task in tasks]
