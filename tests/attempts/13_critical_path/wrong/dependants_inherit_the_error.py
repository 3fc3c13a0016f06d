# WRONG_RESULT: steps that were never begun report the exception of the one that failed.
# Says: leave this entry None
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()

    async def run(name):
        for need in steps[name].needs:
            await tasks[need]
        return await do(name)

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    answers = await asyncio.gather(*tasks.values(), return_exceptions=True)
    return dict(zip(steps, answers))
