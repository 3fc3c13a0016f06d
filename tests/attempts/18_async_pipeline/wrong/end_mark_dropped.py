# HANG: the end mark is put in without waiting, and is lost when the queue is full just then.
import asyncio
from contextlib import aclosing

END = object()


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
                    await line.put(task)
        finally:
            try:
                line.put_nowait(END)
            except asyncio.QueueFull:
                pass  # the consumer has gone

    feeder = asyncio.create_task(feed())
    try:
        while (task := await line.get()) is not END:
            result = await task
            tasks.discard(task)
            yield result
        await feeder
    finally:
        feeder.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(feeder, *tasks, return_exceptions=True)
