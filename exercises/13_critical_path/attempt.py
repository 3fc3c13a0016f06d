"""Carry out a plan, in which steps need other steps: one after the other."""

from graphlib import TopologicalSorter


def run_plan(steps, do):
    """Do every step once, when everything that it needs is done. Return a dict with one entry per step.

    steps: a dict from name to step, in no particular order; step.needs is a list of names.
    An entry is the answer of do(name), the exception if that failed, or None if the step could not be
    done because one that it needs was not done. Raises ValueError, before anything is done, if steps
    need each other in a circle.

    do(name) takes as long as that step takes. In a `def`, as here, it waits and returns the answer.
    In an `async def` it is a coroutine function: await it.
    """
    order = TopologicalSorter({name: step.needs for name, step in steps.items()})
    done, results = set(), dict.fromkeys(steps)
    for name in order.static_order():
        if done.issuperset(steps[name].needs):
            try:
                results[name] = do(name)
                done.add(name)
            except Exception as error:
                results[name] = error
    return results
