# CRASHED: who leaves a generator inside of its TaskGroup gets the group's exception.
# Says: `yield` outside of it
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(maxsize=width)

    async def work(item):
        return await store(await parse(item))

    async with asyncio.TaskGroup() as group:

        async def feed():
            async with aclosing(source):
                async for item in source:
                    await line.put(group.create_task(work(item)))
            await line.put(None)

        group.create_task(feed())
        while (task := await line.get()) is not None:
            yield await task
