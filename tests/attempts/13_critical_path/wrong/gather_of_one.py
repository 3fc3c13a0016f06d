# SERIAL: a gather of one coroutine, which awaits one step after the other.
import asyncio
from graphlib import TopologicalSorter


async def run_program(program, steps, do):
    done, results = set(), dict.fromkeys(program)
    for name in program:
        if done.issuperset(steps[name].needs):
            try:
                results[name] = await do(name)
                done.add(name)
            except Exception as error:
                results[name] = error
    return results


async def run_plan(steps, do):
    program = list(TopologicalSorter({name: step.needs for name, step in steps.items()}).static_order())
    (results,) = await asyncio.gather(run_program(program, steps, do))
    return results
