# NO_CANCEL: a failure in a TaskGroup cancels the other tasks, not their threads.
import asyncio


async def gather_reports(load_blocking, keys):
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(asyncio.to_thread(load_blocking, key)) for key in keys]
    except* ConnectionError as errors:
        raise errors.exceptions[0]
    return [task.result() for task in tasks]
