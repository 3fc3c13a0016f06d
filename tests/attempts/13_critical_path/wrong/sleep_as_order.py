# ORDER: a pause for each level, in the hope that what is needed will be done by then.
# Says: A pause is not an order
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    order = TopologicalSorter({name: step.needs for name, step in steps.items()}).static_order()
    level = {}
    for name in order:
        level[name] = 1 + max((level[need] for need in steps[name].needs), default=-1)

    async def run(name):
        await asyncio.sleep(0.1 * level[name])
        return await do(name)

    answers = await asyncio.gather(*map(run, steps), return_exceptions=True)
    return dict(zip(steps, answers))
