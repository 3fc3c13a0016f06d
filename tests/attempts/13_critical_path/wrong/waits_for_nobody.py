# CRASHED: when all that remains is left out, asyncio.wait gets no task to wait for.
# Says: Set of Tasks/Futures is empty
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    order = TopologicalSorter({name: step.needs for name, step in steps.items()})
    order.prepare()
    results, tasks, ok = dict.fromkeys(steps), {}, set()
    while order.is_active():
        for name in order.get_ready():
            if ok.issuperset(steps[name].needs):
                tasks[asyncio.create_task(do(name))] = name
            else:
                order.done(name)
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            name = tasks.pop(task)
            try:
                results[name] = task.result()
                ok.add(name)
            except Exception as error:
                results[name] = error
            order.done(name)
    return results
