# DUPLICATE: each step does all that it needs once more, and takes a failure for done.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = {}

    async def run(name):
        await asyncio.gather(*(run(need) for need in steps[name].needs))
        if name not in results:
            try:
                results[name] = await do(name)
            except Exception as error:
                results[name] = error
        return results[name]

    await asyncio.gather(*(run(name) for name in steps))
    return results
