# A sorter says what is ready, and a queue what has ended. A TaskGroup waits for the last ones.
import asyncio
from graphlib import TopologicalSorter


async def run_plan(steps, do):
    """Workers tell a queue what is done; the sorter says what is ready then."""
    sorter = TopologicalSorter({name: step.needs for name, step in steps.items()})
    sorter.prepare()
    results, ended = dict.fromkeys(steps), asyncio.Queue()

    async def one(name):
        try:
            if all(need in done for need in steps[name].needs):
                results[name] = await do(name)
                done.add(name)
        except Exception as error:
            results[name] = error
        finally:
            ended.put_nowait(name)

    done = set()
    async with asyncio.TaskGroup() as group:
        while sorter.is_active():
            for name in sorter.get_ready():
                group.create_task(one(name))
            sorter.done(await ended.get())
    return results
