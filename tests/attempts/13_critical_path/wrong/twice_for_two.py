# DUPLICATE: a step that two others need is done twice.
# Says: note it *before* you wait
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)

    async def run(name):
        if not all(await asyncio.gather(*map(run, steps[name].needs))):
            return False
        try:
            results[name] = await do(name)
        except Exception as error:
            results[name] = error
            return False
        return True

    needed = {need for step in steps.values() for need in step.needs}
    await asyncio.gather(*(run(name) for name in steps if name not in needed))
    return results
