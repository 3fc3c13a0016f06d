# DUPLICATE: a step that has failed is tried once more.
# Says: what its failure was is the result
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)

    async def run(name):
        if not all([await tasks[need] for need in steps[name].needs]):
            return False
        for _ in range(2):
            try:
                results[name] = await do(name)
                return True
            except Exception as error:
                results[name] = error
        return False

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks.values())
    return results
