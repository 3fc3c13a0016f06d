# LOST: a failed step ends the TaskGroup, and with it all that goes on.
# Says: catch each inside of its own task
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)
    async with asyncio.TaskGroup() as group:

        async def run(name):
            for need in steps[name].needs:
                await tasks[need]
            results[name] = await do(name)

        tasks = {name: group.create_task(run(name)) for name in steps}
    return results
