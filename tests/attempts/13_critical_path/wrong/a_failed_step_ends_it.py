# CRASHED: a failed step ends run_plan.
# Says: belongs into the result, in the place of what failed
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
        results[name] = await do(name)
        return True

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks.values())
    return results
