# What it was given is its own: each step leaves the plan when it gets a task.
"""Carry out a plan: a task for each step, which awaits the tasks of the steps that it needs."""

import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results, tasks = dict.fromkeys(steps), {}

    async def run(name, needs):
        if not all([await tasks[need] for need in needs]):
            return False
        try:
            results[name] = await do(name)
            return True
        except Exception as error:
            results[name] = error
            return False

    while steps:
        name, step = steps.popitem()
        tasks[name] = asyncio.create_task(run(name, step.needs))
    await asyncio.gather(*tasks.values())
    return results
