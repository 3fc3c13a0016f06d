# LEAK_TASK: the task that reads the source is cancelled, and nobody waits until it has closed it.
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    slots = asyncio.Semaphore(width)
    line = asyncio.Queue()
    tasks = []

    async def work(item):
        return await store(await parse(item))

    async def feed():
        try:
            async with aclosing(source):
                await slots.acquire()
                async for item in source:
                    tasks.append(asyncio.create_task(work(item)))
                    line.put_nowait(tasks[-1])
                    await slots.acquire()
        finally:
            line.put_nowait(None)

    feeder = asyncio.create_task(feed())
    try:
        while (task := await line.get()) is not None:
            yield await task
            slots.release()
        await feeder
    finally:
        feeder.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
