# CRASHED: an async generator has no close().
# Says: async with aclosing(generator):
import asyncio
from contextlib import closing


async def pipeline(source, parse, store, width):
    with closing(source):
        async for item in source:
            yield await store(await parse(item))
