# UNDER_USED: the stages work side by side, but each has only one item at a time.
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    parsing, storing = asyncio.Queue(maxsize=1), asyncio.Queue(maxsize=1)
    room = asyncio.Semaphore(width + 1)

    async def feed():
        async with aclosing(source):
            await room.acquire()
            async for item in source:
                await parsing.put(item)
                await room.acquire()
        await parsing.put(None)

    async def parse_all():
        while (item := await parsing.get()) is not None:
            await storing.put(await parse(item))

    async def work():
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(feed())
                group.create_task(parse_all())
        except ExceptionGroup as group:
            await storing.put(group.exceptions[0])
        await storing.put(None)

    working = asyncio.create_task(work())
    try:
        while (item := await storing.get()) is not None:
            if isinstance(item, Exception):
                raise item
            stored = await store(item)
            room.release()
            yield stored
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
