"""A semaphore counts what is on its way; the queue itself has no limit and needs none."""

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
        for task in (feeder, *tasks):
            task.cancel()
        await asyncio.gather(feeder, *tasks, return_exceptions=True)
