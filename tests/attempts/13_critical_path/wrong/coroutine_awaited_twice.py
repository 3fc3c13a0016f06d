# CRASHED: a coroutine, unlike a task, can be awaited only once.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()

    async def run(name):
        for need in steps[name].needs:
            await coroutines[need]
        return await do(name)

    coroutines = {name: run(name) for name in steps}
    answers = await asyncio.gather(*coroutines.values())
    return dict(zip(steps, answers))
