# OVER_LIMIT: two queues of the full width hold twice as much.
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line, ready = asyncio.Queue(maxsize=width), asyncio.Queue(maxsize=width)

    async def work(item):
        return await store(await parse(item))

    async def fail(error):
        raise error

    tasks = []

    async def feed():
        try:
            async with aclosing(source):
                async for item in source:
                    tasks.append(asyncio.create_task(work(item)))
                    await line.put(tasks[-1])
        except Exception as error:
            await line.put(asyncio.create_task(fail(error)))
        await line.put(None)

    async def hand_on():
        while (task := await line.get()) is not None:
            await ready.put(task)
            await asyncio.wait([task])
        await ready.put(None)

    helpers = [asyncio.create_task(feed()), asyncio.create_task(hand_on())]
    try:
        while (task := await ready.get()) is not None:
            yield await task
    finally:
        for task in (*helpers, *tasks):
            task.cancel()
        await asyncio.gather(*helpers, *tasks, return_exceptions=True)
