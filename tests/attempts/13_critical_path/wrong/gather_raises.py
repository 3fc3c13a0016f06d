# LEAK_TASK: the first failure ends the gather, and the other steps go on without anybody who waits for them.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)

    async def run(name):
        for need in steps[name].needs:
            await tasks[need]
        try:
            results[name] = await do(name)
        except Exception as error:
            results[name] = error
            raise

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    try:
        await asyncio.gather(*tasks.values())
    except Exception:
        pass
    return results
