# BUSY_WAIT: asks the queue again and again.
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(width)
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
        while True:
            while line.empty():
                await asyncio.sleep(0)
            if (task := line.get_nowait()) is tasks[0]:
                break
            while not task.done():
                await asyncio.sleep(0)
            yield task.result()
        await task
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
