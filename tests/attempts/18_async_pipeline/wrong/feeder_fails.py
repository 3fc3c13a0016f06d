# HANG: the feeder ends with the exception of the source, and nobody hears of it.
# Says: an exception had ended a task (ConnectionError: fetch failed), for which others wait
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(maxsize=width)
    tasks = []

    async def work(item):
        return await store(await parse(item))

    async def feed():
        async with aclosing(source):
            async for item in source:
                task = asyncio.create_task(work(item))
                tasks.append(task)
                await line.put(task)
        await line.put(None)

    feeder = asyncio.create_task(feed())
    try:
        while (task := await line.get()) is not None:
            yield await task
    finally:
        for task in tasks:
            task.cancel()
        feeder.cancel()
        await asyncio.gather(*tasks, feeder, return_exceptions=True)
