# HANG: a step that fails never sets its event, and what needs it waits for ever.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    done, results = {name: asyncio.Event() for name in steps}, dict.fromkeys(steps)

    async def run(name):
        for need in steps[name].needs:
            await done[need].wait()
        try:
            results[name] = await do(name)
            done[name].set()
        except Exception as error:
            results[name] = error

    await asyncio.gather(*map(run, steps))
    return results
