# ORDER: only the last failure is remembered, and what needs an earlier one is done.
# Says: leave out what needs one that was not
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results, failed = dict.fromkeys(steps), None

    def needs_failed(name):
        return any(need == failed or needs_failed(need) for need in steps[name].needs)

    async def run(name):
        nonlocal failed
        for need in steps[name].needs:
            await tasks[need]
        if failed and needs_failed(name):
            return
        try:
            results[name] = await do(name)
        except Exception as error:
            results[name], failed = error, name

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks.values())
    return results
