# CRASHED: an `async def` that returns a list is no async generator.
# Says: an `async def` with `yield` in it
import asyncio


async def pipeline(source, parse, store, width):
    results = []
    async for item in source:
        results.append(asyncio.create_task(store(parse(item))))
    return await asyncio.gather(*results)
