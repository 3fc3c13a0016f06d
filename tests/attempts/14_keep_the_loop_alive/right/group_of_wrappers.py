# In the TaskGroup no task ever fails, so none is cancelled.
import asyncio


async def gather_reports(load_blocking, keys):
    reports, errors = {}, []

    async def keep(place, key):
        try:
            reports[place] = await asyncio.to_thread(load_blocking, key)
        except Exception as error:
            errors.append(error)

    async with asyncio.TaskGroup() as group:
        for place, key in enumerate(keys):
            group.create_task(keep(place, key))
    if errors:
        raise errors[0]
    return [reports[place] for place in range(len(keys))]
