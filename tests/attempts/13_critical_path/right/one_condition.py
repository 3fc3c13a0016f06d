# One condition for all: each step waits in it until nothing that it needs is pending.
import asyncio
from graphlib import CycleError, TopologicalSorter


async def run_plan(steps, do):
    """Every step waits in one condition until nothing that it needs is pending."""
    try:
        list(TopologicalSorter({name: step.needs for name, step in steps.items()}).static_order())
    except CycleError as circle:
        raise ValueError("a circle") from circle
    changed, over, good, results = asyncio.Condition(), set(), set(), dict.fromkeys(steps)

    async def run(name):
        needs = set(steps[name].needs)
        async with changed:
            await changed.wait_for(lambda: needs <= over)
        if needs <= good:
            try:
                results[name] = await do(name)
                good.add(name)
            except Exception as error:
                results[name] = error
        async with changed:
            over.add(name)
            changed.notify_all()

    async with asyncio.TaskGroup() as group:
        for name in steps:
            group.create_task(run(name))
    return results
