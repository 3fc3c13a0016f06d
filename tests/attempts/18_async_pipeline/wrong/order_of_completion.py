# ORDER: what is ready first comes first.
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    async def work(item):
        return await store(await parse(item))

    pending = set()
    try:
        async with aclosing(source):
            async for item in source:
                pending.add(asyncio.create_task(work(item)))
                if len(pending) == width:
                    done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                    for task in done:
                        yield task.result()
        while pending:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                yield task.result()
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
