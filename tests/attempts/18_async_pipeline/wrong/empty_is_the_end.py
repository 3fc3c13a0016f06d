# LOST: an empty result is taken for the end.
# Says: An empty result is a result
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    window = []

    async def work(item):
        return await store(await parse(item))

    async def results():
        async for item in source:
            window.append(asyncio.create_task(work(item)))
            if len(window) >= width:
                yield await window[0]
                del window[0]
        while window:
            yield await window[0]
            del window[0]
        yield None

    async with aclosing(source), aclosing(results()) as stream:
        try:
            while result := await anext(stream):
                yield result
        finally:
            for task in window:
                task.cancel()
            await asyncio.gather(*window, return_exceptions=True)
