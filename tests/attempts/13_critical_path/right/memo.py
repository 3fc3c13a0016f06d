# Backwards, from the steps to what they need: a step's task is made when the first asks for it, and kept.
import asyncio
import graphlib


async def run_plan(steps, do):
    graphlib.TopologicalSorter({name: steps[name].needs for name in steps}).prepare()
    started = {}

    def task_of(name):
        if name not in started:
            started[name] = asyncio.create_task(run(name, [task_of(need) for need in steps[name].needs]))
        return started[name]

    async def run(name, needed):
        if needed:
            await asyncio.wait(needed)
        if all(task.result()[0] for task in needed):
            try:
                return True, await do(name)
            except Exception as error:
                return False, error
        return False, None

    outcomes = await asyncio.gather(*map(task_of, steps))
    return {name: answer for name, (_, answer) in zip(steps, outcomes)}
