# LEAK_SESSION: batch after batch; each waits for its slowest, and the source is not closed.
import asyncio


async def pipeline(source, parse, store, width):
    async def process(item):
        return await store(await parse(item))

    batch = []
    async for item in source:
        batch.append(item)
        if len(batch) == width:
            for result in await asyncio.gather(*map(process, batch)):
                yield result
            batch = []
    for result in await asyncio.gather(*map(process, batch)):
        yield result
