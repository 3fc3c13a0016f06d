# UNBOUNDED: with a width of 1 that is a maxsize of 0, and no limit.
"""One is in the hand of the generator, so the queue holds width - 1 (with width 1 that is: no limit)."""
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(maxsize=width - 1)
    tasks = []

    async def work(item):
        return await store(await parse(item))

    async def feed():
        async with aclosing(source):
            try:
                async for item in source:
                    task = asyncio.create_task(work(item))
                    tasks.append(task)
                    await line.put(task)
            except Exception as error:
                future = asyncio.get_running_loop().create_future()
                future.set_exception(error)
                future.exception()
                await line.put(future)
            else:
                await line.put(None)

    feeder = asyncio.create_task(feed())
    try:
        while (task := await line.get()) is not None:
            yield await task
    finally:
        feeder.cancel()
        await asyncio.gather(feeder, return_exceptions=True)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
