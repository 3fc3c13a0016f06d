# CRASHED: a coroutine that returns a generator is not a generator.
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    async def results():
        async with aclosing(source):
            async for item in source:
                yield await store(await parse(item))

    return results()
