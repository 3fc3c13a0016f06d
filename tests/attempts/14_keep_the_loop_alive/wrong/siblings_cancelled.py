# NO_CANCEL: the tasks are cancelled and awaited; their threads do not hear of it.
import asyncio


async def gather_reports(load_blocking, keys):
    tasks = [asyncio.create_task(asyncio.to_thread(load_blocking, key)) for key in keys]
    try:
        return await asyncio.gather(*tasks)
    except Exception:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
