# BUSY_WAIT: each step asks again and again whether it may begin.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results, done, over = dict.fromkeys(steps), set(), set()

    async def run(name):
        while not over.issuperset(steps[name].needs):
            await asyncio.sleep(0)
        if done.issuperset(steps[name].needs):
            try:
                results[name] = await do(name)
                done.add(name)
            except Exception as error:
                results[name] = error
        over.add(name)

    await asyncio.gather(*map(run, steps))
    return results
