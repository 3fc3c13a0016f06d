# ORDER: it begins when the first of the steps that it needs is done.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)

    async def run(name):
        needed = [tasks[need] for need in steps[name].needs]
        if needed:
            await asyncio.wait(needed, return_when=asyncio.FIRST_COMPLETED)
        try:
            results[name] = await do(name)
        except Exception as error:
            results[name] = error

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks.values())
    return results
