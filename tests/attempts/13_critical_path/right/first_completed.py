# Whenever some have ended, begin those that waited for them; circles are looked for by hand.
import asyncio


async def run_plan(steps, do):
    """Whenever some are done, begin those that were only waiting for these."""
    check(steps)
    waiting, results, good, bad = dict(steps), dict.fromkeys(steps), set(), set()
    pending = set()
    while waiting or pending:
        for name in list(waiting):
            if bad.intersection(steps[name].needs):
                del waiting[name]
                bad.add(name)
                break
            if good.issuperset(steps[name].needs):
                del waiting[name]
                pending.add(asyncio.create_task(do(name), name=name))
        else:
            ended, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED) if pending else (set(), pending)
            for task in ended:
                error = task.exception()
                results[task.get_name()] = error or task.result()
                (bad if error else good).add(task.get_name())
    return results


def check(steps):
    """Depth first: who is met again on its own path is part of a circle."""
    known = set()

    def visit(name, path):
        if name in path:
            raise ValueError(f"{name} needs itself")
        if name not in known:
            for need in steps[name].needs:
                visit(need, (*path, name))
            known.add(name)

    for name in steps:
        visit(name, ())
