# UNDER_USED: a semaphore lets no more than four steps go on at once, and nobody asked for that.
# Says: never more than 4
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)
    slots = asyncio.Semaphore(4)

    async def run(name):
        if not all([await tasks[need] for need in steps[name].needs]):
            return False
        try:
            async with slots:
                results[name] = await do(name)
            return True
        except Exception as error:
            results[name] = error
            return False

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks.values())
    return results
