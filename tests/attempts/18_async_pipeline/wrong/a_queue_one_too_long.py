# OVER_LIMIT: `width` in the queue and one in each hand would do: one more place is one too many.
# Says: 7 items had come in and not gone out, where 6 are allowed
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(maxsize=width + 1)
    tasks = []

    async def work(item):
        return await store(await parse(item))

    async def feed():
        try:
            async with aclosing(source):
                async for item in source:
                    tasks.append(asyncio.create_task(work(item)))
                    await line.put(tasks[-1])
        except Exception:
            await line.put(feeder)
            raise
        await line.put(feeder)

    feeder = asyncio.create_task(feed())
    try:
        while (task := await line.get()) is not feeder:
            yield await task
        await feeder
    finally:
        for task in [feeder, *tasks]:
            task.cancel()
        await asyncio.gather(feeder, *tasks, return_exceptions=True)
