# WRONG_TOOL: it works, with a thread for every step.
from concurrent.futures import ThreadPoolExecutor
from graphlib import TopologicalSorter


def run_plan(steps, do):
    order = list(TopologicalSorter({name: step.needs for name, step in steps.items()}).static_order())
    results, futures = dict.fromkeys(steps), {}

    def run(name):
        if not all([futures[need].result() for need in steps[name].needs]):
            return False
        try:
            results[name] = do(name)
        except Exception as error:
            results[name] = error
            return False
        return True

    with ThreadPoolExecutor(max(1, len(steps))) as pool:
        for name in order:
            futures[name] = pool.submit(run, name)
    return results
