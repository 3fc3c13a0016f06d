# CRASHED: one failure ends the group, with all results.
# Says: inside of its own task
import asyncio
async def collect(calls):
    results, errors = [], []
    async with asyncio.TaskGroup() as tg:
        for call in calls:
            try:
                results.append(tg.create_task(call()))
            except Exception as e:
                errors.append(e)
    return [r.result() for r in results], errors
async def all_or_nothing(calls):
    async with asyncio.TaskGroup() as tg:
        tasks = [tg.create_task(call()) for call in calls]
    return [t.result() for t in tasks]
