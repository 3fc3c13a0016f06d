# ORDER: it sees the circle only when nothing else is left to do.
# Says: Look for a circle before you begin with anything
import asyncio


async def run_plan(steps, do):
    results, done, over, running = dict.fromkeys(steps), set(), set(), {}

    async def run(name):
        if done.issuperset(steps[name].needs):
            try:
                results[name] = await do(name)
                done.add(name)
            except Exception as error:
                results[name] = error

    while len(over) < len(steps):
        begun = over.union(running.values())
        for name in [name for name in steps if name not in begun and over.issuperset(steps[name].needs)]:
            running[asyncio.create_task(run(name))] = name
        if not running:
            raise ValueError("the other steps need each other")
        ended, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        over.update(running.pop(task) for task in ended)
    return results
