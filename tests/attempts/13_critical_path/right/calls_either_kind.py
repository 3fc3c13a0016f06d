"""Carry out a plan, in which steps need other steps: each as soon as what it needs is done."""

import asyncio
import inspect
from graphlib import TopologicalSorter


async def call(function, *args):
    """Call a function of either kind: await a coroutine function; let any other block a thread, not the loop."""
    if inspect.iscoroutinefunction(function):
        return await function(*args)
    return await asyncio.to_thread(function, *args)


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    results = dict.fromkeys(steps)

    async def run(name):
        if not all([await tasks[need] for need in steps[name].needs]):
            return False
        try:
            results[name] = await call(do, name)
        except Exception as error:
            results[name] = error
            return False
        return True

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks.values())
    return results
