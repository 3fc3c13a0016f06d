# BUSY_WAIT: the loop asks five times a second whether the threads are done, and does so too late.
# Says: the moment in which it is done
import asyncio


async def gather_reports(load_blocking, keys):
    tasks = [asyncio.create_task(asyncio.to_thread(load_blocking, key)) for key in keys]
    while not all(task.done() for task in tasks):
        await asyncio.sleep(0.2)
    return [task.result() for task in tasks]
