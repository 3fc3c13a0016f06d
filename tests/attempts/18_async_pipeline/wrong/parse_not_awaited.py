# CRASHED: store gets a coroutine in the place of what was parsed.
# Says: an operation was given a coroutine that nobody awaited (attempt.py:12)
# Says: `await` it
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(maxsize=width)

    async def work(item):
        return await store(parse(item))

    async def feed():
        async with aclosing(source):
            async for item in source:
                task = asyncio.create_task(work(item))
                await line.put(task)
        await line.put(None)

    feeder = asyncio.create_task(feed())
    try:
        while (task := await line.get()) is not None:
            yield await task
    finally:
        feeder.cancel()
        await asyncio.gather(feeder, return_exceptions=True)
