# ORDER: a step begins although one that it needs has failed.
# Says: although 'bake cake' had failed
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()

    async def run(name):
        await asyncio.gather(*(tasks[need] for need in steps[name].needs), return_exceptions=True)
        return await do(name)

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    answers = await asyncio.gather(*tasks.values(), return_exceptions=True)
    return dict(zip(steps, answers))
