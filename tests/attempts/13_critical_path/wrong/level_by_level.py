# UNDER_USED: whatever is ready starts together, and then everything waits for the slowest of them.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    plan = TopologicalSorter({name: step.needs for name, step in steps.items()})
    plan.prepare()
    results, done = dict.fromkeys(steps), set()
    while plan.is_active():
        ready = plan.get_ready()
        possible = [name for name in ready if done.issuperset(steps[name].needs)]
        answers = await asyncio.gather(*(do(name) for name in possible), return_exceptions=True)
        results.update(zip(possible, answers))
        done.update(name for name, answer in zip(possible, answers) if not isinstance(answer, Exception))
        plan.done(*ready)
    return results
