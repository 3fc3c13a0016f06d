# CRASHED: an async generator is gone through with `async for`.
# Says: is gone through with `async for`
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    async with aclosing(source):
        for item in source:
            yield await store(await parse(item))
