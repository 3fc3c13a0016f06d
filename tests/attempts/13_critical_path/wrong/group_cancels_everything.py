# LOST: the first failure in a task group cancels steps that do not need the failed one.
# Says: catch each inside of its own task
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results, tasks = dict.fromkeys(steps), {}

    async def run(name):
        for need in steps[name].needs:
            await tasks[need]
        try:
            results[name] = await do(name)
        except Exception as error:
            results[name] = error
            raise

    try:
        async with asyncio.TaskGroup() as group:
            for name in steps:
                tasks[name] = group.create_task(run(name))
    except* Exception:
        pass
    return results
