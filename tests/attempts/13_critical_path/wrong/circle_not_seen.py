# HANG: steps in a circle wait for each other for ever.
# Says: Look for a circle before you begin with anything
import asyncio


async def run_plan(steps, do):
    results = dict.fromkeys(steps)

    async def run(name):
        if not all([await tasks[need] for need in steps[name].needs]):
            return False
        try:
            results[name] = await do(name)
        except Exception as error:
            results[name] = error
            return False
        return True

    tasks = {name: asyncio.create_task(run(name)) for name in steps}
    await asyncio.gather(*tasks.values())
    return results
