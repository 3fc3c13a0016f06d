# HANG: cancelled while the queue is full, the feeder waits in its finally for room that nobody makes.
# Says: `put` waits for room in a full queue
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(width)
    tasks = []

    async def work(item):
        return await store(await parse(item))

    async def feed():
        try:
            async with aclosing(source):
                async for item in source:
                    tasks.append(asyncio.create_task(work(item)))
                    await line.put(tasks[-1])
        finally:
            await line.put(tasks[0])

    tasks.append(asyncio.create_task(feed()))
    try:
        while (task := await line.get()) is not tasks[0]:
            yield await task
        await task
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
