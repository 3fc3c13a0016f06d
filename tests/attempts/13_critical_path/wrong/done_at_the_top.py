# WRONG_RESULT: what is done stands at the top of the file, and is there in the next call, too.
"""Carry out a plan, in which steps need other steps: every step as soon as it can be done."""

import asyncio
from graphlib import TopologicalSorter

done = {}


async def run_plan(steps, do):
    """Do every step once, as soon as everything that it needs is done. Return a dict with one entry per step."""
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    tasks = {}

    async def run(name):
        """Return whether the step was done."""
        if not all([await tasks[need] for need in steps[name].needs]):
            done.setdefault(name, None)
            return False
        if name not in done:
            try:
                done[name] = await do(name)
            except Exception as error:
                done[name] = error
        return not isinstance(done[name], Exception)

    for name in steps:
        tasks[name] = asyncio.create_task(run(name))
    await asyncio.gather(*tasks.values())
    return {name: done[name] for name in steps}
