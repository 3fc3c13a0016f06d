# CRASHED: each step awaits its own task.
# Says: waits for its own end
"""Carry out a plan, in which steps need other steps: each as soon as it can be done."""

import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    """Do every step once, when everything that it needs is done. Return a dict with one entry per step."""
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)

    async def run(name):
        if not all([await tasks[name] for need in steps[name].needs]):
            return False
        try:
            results[name] = await do(name)
        except Exception as error:
            results[name] = error
            return False
        return True

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks.values())
    return results
