# ORDER: what needs the failed step is left out, but what needs that is done.
# Says: although 'ice cake' was left out
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)

    async def run(name):
        for need in steps[name].needs:
            await tasks[need]
        if any(isinstance(results[need], Exception) for need in steps[name].needs):
            return
        try:
            results[name] = await do(name)
        except Exception as error:
            results[name] = error

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks.values())
    return results
