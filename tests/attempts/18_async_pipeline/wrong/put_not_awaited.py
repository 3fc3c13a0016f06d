# HANG: `put` without `await` puts nothing in.
# Says: coroutine 'Queue.put' was never awaited
# Says: (attempt.py:17)
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(maxsize=width)

    async def work(item):
        return await store(await parse(item))

    async def feed():
        async with aclosing(source):
            async for item in source:
                line.put(asyncio.create_task(work(item)))
        line.put(None)

    feeder = asyncio.create_task(feed())
    try:
        while (task := await line.get()) is not None:
            yield await task
    finally:
        feeder.cancel()
        await asyncio.gather(feeder, return_exceptions=True)
