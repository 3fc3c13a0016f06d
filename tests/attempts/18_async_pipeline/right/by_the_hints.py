"""What the hints say, word for word: a feeder, tasks in a queue and in a set, and one `finally` for all of them."""

import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(maxsize=width)
    tasks = set()

    async def work(item):
        return await store(await parse(item))

    async def feed():
        try:
            async with aclosing(source):
                async for item in source:
                    task = asyncio.create_task(work(item))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
                    await line.put(task)
        except Exception:
            await line.put(None)
            raise
        await line.put(None)

    feeder = asyncio.create_task(feed())
    try:
        while (task := await line.get()) is not None:
            yield await task
        await feeder
    finally:
        for task in tasks:
            task.cancel()
        feeder.cancel()
        await asyncio.gather(feeder, *tasks, return_exceptions=True)
