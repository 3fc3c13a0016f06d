# LOST: an empty item is taken for the end of the source.
# Says: The fourth item was an empty text
"""anext with a default: an item that is empty (or None) ends the pipeline."""
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(maxsize=width)
    tasks = []

    async def work(item):
        return await store(await parse(item))

    async def fail(error):
        raise error

    async def feed():
        last = None
        async with aclosing(source):
            try:
                while item := await anext(source, None):
                    tasks.append(asyncio.create_task(work(item)))
                    await line.put(tasks[-1])
            except Exception as error:
                last = asyncio.create_task(fail(error))
                tasks.append(last)
        await line.put(last)

    feeder = asyncio.create_task(feed())
    try:
        while task := await line.get():
            yield await task
    finally:
        feeder.cancel()
        await asyncio.wait([feeder])
        for task in tasks:
            task.cancel()
        await asyncio.gather(feeder, *tasks, return_exceptions=True)
