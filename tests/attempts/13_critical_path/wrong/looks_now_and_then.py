# LATE: the order is right, but whether all is done it finds out only now and then.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)

    async def run(name):
        if not all([await tasks[need] for need in steps[name].needs]):
            return False
        try:
            results[name] = await do(name)
        except Exception as error:
            results[name] = error
        return not isinstance(results[name], Exception)

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    while not all(task.done() for task in tasks.values()):
        await asyncio.sleep(2.0)
    return results
