# SERIAL: coroutines that are made early start nothing; awaited in order, they are done in order.
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    order = list(TopologicalSorter({name: step.needs for name, step in steps.items()}).static_order())
    coroutines = {name: do(name) for name in order}
    done, results = set(), dict.fromkeys(steps)
    for name in order:
        if done.issuperset(steps[name].needs):
            try:
                results[name] = await coroutines[name]
                done.add(name)
            except Exception as error:
                results[name] = error
        else:
            coroutines[name].close()
    return results
