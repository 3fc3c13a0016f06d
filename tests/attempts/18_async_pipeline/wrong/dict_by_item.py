# CRASHED: two equal items are one key of a dictionary.
# Says: KeyError: 'twice'
"""Tasks in a dict, by their item: equal items are one."""
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(maxsize=width)
    tasks = {}

    async def work(item):
        return await store(await parse(item))

    async def feed():
        async with aclosing(source):
            try:
                async for item in source:
                    tasks[item] = asyncio.create_task(work(item))
                    await line.put(item)
            except Exception as error:
                await line.put(error)
            else:
                await line.put(None)

    feeder = asyncio.create_task(feed())
    try:
        while (item := await line.get()) is not None:
            if isinstance(item, Exception):
                raise item
            result = await tasks[item]
            del tasks[item]
            yield result
    finally:
        feeder.cancel()
        await asyncio.gather(feeder, return_exceptions=True)
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
