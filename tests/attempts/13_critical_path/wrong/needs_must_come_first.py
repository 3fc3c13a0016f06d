# CRASHED: it takes it for granted that a step stands below those that it needs.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results, tasks = dict.fromkeys(steps), {}

    async def run(name, needed):
        if not all([await task for task in needed]):
            return False
        try:
            results[name] = await do(name)
        except Exception as error:
            results[name] = error
            return False
        return True

    for name, step in steps.items():
        tasks[name] = asyncio.create_task(run(name, [tasks[need] for need in step.needs]))
    await asyncio.gather(*tasks.values())
    return results
