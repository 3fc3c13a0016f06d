# An event per step, set when the step is over, whatever came of it.
import asyncio


async def run_plan(steps, do):
    refuse_circles(steps)
    over = {name: asyncio.Event() for name in steps}
    done, results = set(), dict.fromkeys(steps)

    async def run(name, step):
        try:
            for need in step.needs:
                await over[need].wait()
            if all(need in done for need in step.needs):
                results[name] = await do(name)
                done.add(name)
        except Exception as error:
            results[name] = error
        finally:
            over[name].set()

    async with asyncio.TaskGroup() as group:
        for name, step in steps.items():
            group.create_task(run(name, step))
    return results


def refuse_circles(steps):
    """Take away what needs nothing (else), as long as there is such a step: a circle remains (Kahn, 1962)."""
    remaining = {name: set(step.needs) for name, step in steps.items()}
    while remaining:
        free = {name for name, needs in remaining.items() if not needs}
        if not free:
            raise ValueError(f"these need each other: {', '.join(sorted(remaining))}")
        remaining = {name: needs - free for name, needs in remaining.items() if name not in free}
