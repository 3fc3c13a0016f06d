# HANG: `queue.Queue.get` stops the thread that all tasks share.
# Says: waits for this line
# Says: All tasks share this one thread
import asyncio
import queue
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = queue.Queue(maxsize=width)

    async def work(item):
        return await store(await parse(item))

    async def feed():
        async with aclosing(source):
            async for item in source:
                line.put(asyncio.create_task(work(item)))
        line.put(None)

    feeder = asyncio.create_task(feed())
    while (task := line.get()) is not None:
        yield await task
    await feeder
