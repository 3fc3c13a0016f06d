# asyncio.wait waits for all tasks, those that failed among them, and raises nothing.
import asyncio


async def gather_reports(load_blocking, keys):
    tasks = [asyncio.create_task(asyncio.to_thread(load_blocking, key)) for key in keys]
    if not tasks:
        return []
    await asyncio.wait(tasks)
    return [task.result() for task in tasks]
