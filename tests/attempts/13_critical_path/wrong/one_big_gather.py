# ORDER: everything at once, whatever it needs.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    TopologicalSorter({name: step.needs for name, step in steps.items()}).prepare()
    answers = await asyncio.gather(*(do(name) for name in steps), return_exceptions=True)
    return dict(zip(steps, answers))
