# UNBOUNDED: maxsize=0 is no limit at all.
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(maxsize=0)
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
            await line.put(tasks[0])
            raise
        await line.put(tasks[0])

    tasks.append(asyncio.create_task(feed()))
    try:
        while (task := await line.get()) is not tasks[0]:
            yield await task
        await task
    finally:
        await asyncio.gather(tasks[0], return_exceptions=True)  # nothing holds it up, and it closes the source
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
