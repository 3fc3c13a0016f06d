# CRASHED: the step itself is handed over, and what that gives is kept as if the step had failed.
# Says: an operation was given
"""Carry out a plan: a task for each step, which awaits the tasks of the steps that it needs."""

import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)

    async def run(name):
        step = steps[name]
        await asyncio.gather(*(tasks[need] for need in step.needs))
        try:
            results[name] = await do(step)
        except Exception as error:
            results[name] = error

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks.values())
    return results
