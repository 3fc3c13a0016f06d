# The group of failures is of a class of its own, which is an ExceptionGroup.
"""Make some calls, of which some fail: all at the same time. The failures come in a group that says how many."""

import asyncio


class CallsFailed(ExceptionGroup):
    def derive(self, excs):
        return CallsFailed(self.message, excs)

    def __str__(self):
        return f"{len(self.exceptions)} calls failed"


async def collect(calls):
    outcomes = await asyncio.gather(*(call() for call in calls), return_exceptions=True)
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)], errors


async def all_or_nothing(calls):
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(call()) for call in calls]
    except* Exception as group:
        raise CallsFailed("not every call worked", group.exceptions) from None
    return [task.result() for task in tasks]
