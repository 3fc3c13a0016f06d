"""Take items from a source, and send each through two stages: several at the same time, but not too many."""

import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    """Yield store(parse(item)) for each item of the source, in the order of the source."""
    line = asyncio.Queue(maxsize=width)  # of tasks, in the order of the source
    tasks = set()

    def start(coroutine):
        task = asyncio.create_task(coroutine)
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        return task

    async def work(item):
        return await store(await parse(item))

    async def feed():
        try:
            async with aclosing(source):
                async for item in source:
                    await line.put(start(work(item)))
        except Exception:
            await line.put(feeder)
            raise
        await line.put(feeder)

    feeder = start(feed())
    try:
        while (task := await line.get()) is not feeder:
            yield await task
        await feeder  # raises what the source has raised
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
