# CRASHED: to unpack a dict gives its keys, the names of the steps.
# Says: gather(*tasks.values())
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    """Do every step once, as soon as everything that it needs is done. Return a dict with one entry per step."""
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()  # ValueError for a circle
    results = dict.fromkeys(steps)

    async def run(name):
        """Return whether the step was done."""
        if not all([await tasks[need] for need in steps[name].needs]):
            return False
        try:
            results[name] = await do(name)
        except Exception as error:
            results[name] = error
            return False
        return True

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks)
    return results
