# CRASHED: the calls are handed over as they are, and nobody calls them.
# Says: call it, `f(x)`
import asyncio


async def collect(calls):
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    return [o for o in outcomes if not isinstance(o, Exception)], [o for o in outcomes if isinstance(o, Exception)]


async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call) for call in calls]
    return [task.result() for task in tasks]
