# SERIAL: an async generator alone starts nothing: each item waits for the one before.
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    async with aclosing(source):
        async for item in source:
            yield await store(await parse(item))
