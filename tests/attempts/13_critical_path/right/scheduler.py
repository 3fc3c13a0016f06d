# One scheduler for all: whenever a step is done, it starts what has become possible.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    plan = TopologicalSorter({name: step.needs for name, step in steps.items()})
    plan.prepare()
    results, done, running = dict.fromkeys(steps), set(), {}

    def start_what_is_ready():
        while ready := plan.get_ready():
            for name in ready:
                if done.issuperset(steps[name].needs):
                    running[asyncio.create_task(do(name))] = name
                else:
                    plan.done(name)

    start_what_is_ready()
    while running:
        ended, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            name = running.pop(task)
            if task.exception() is None:
                results[name] = task.result()
                done.add(name)
            else:
                results[name] = task.exception()
            plan.done(name)
        start_what_is_ready()
    return results
