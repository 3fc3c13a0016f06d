# UNDER_USED: a semaphore lets twelve steps go on at a time.
"""Carry out a plan, in which steps need other steps: each as soon as it can."""

import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)
    hands = asyncio.Semaphore(12)

    async def run(name):
        if not all([await tasks[need] for need in steps[name].needs]):
            return False
        async with hands:
            try:
                results[name] = await do(name)
            except Exception as error:
                results[name] = error
                return False
        return True

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks.values())
    return results
