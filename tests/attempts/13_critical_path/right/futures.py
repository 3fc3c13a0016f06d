# A future per step, and exceptions that say that a step could not be done.
import asyncio
from graphlib import TopologicalSorter


class CannotBeDoneError(Exception):
    pass


async def run_plan(steps, do):
    order = list(TopologicalSorter({name: step.needs for name, step in steps.items()}).static_order())
    tasks = {}

    async def run(name):
        needed = await asyncio.gather(*(tasks[need] for need in steps[name].needs), return_exceptions=True)
        if any(isinstance(answer, Exception) for answer in needed):
            raise CannotBeDoneError
        return await do(name)

    for name in order:
        tasks[name] = asyncio.ensure_future(run(name))
    await asyncio.gather(*tasks.values(), return_exceptions=True)
    return {name: outcome(tasks[name]) for name in steps}


def outcome(task):
    error = task.exception()
    if error is None:
        return task.result()
    return None if isinstance(error, CannotBeDoneError) else error
