# UNBOUNDED: the whole source is read into a list, then one stage after the other takes all of it.
import asyncio
from contextlib import aclosing


async def stage(work, items):
    tasks = [asyncio.create_task(work(item)) for item in items]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def pipeline(source, parse, store, width):
    async with aclosing(source):
        items = [item async for item in source]
    for result in await stage(store, await stage(parse, items)):
        yield result
