# WORK_SKIPPED: tasks are found by their item, so the second of two equal ones is never parsed.
# Says: tell them apart by their place
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    by_item = {}
    order = asyncio.Queue(maxsize=width)

    async def work(item):
        return await store(await parse(item))

    async def feed():
        async with aclosing(source):
            async for item in source:
                if item not in by_item:
                    by_item[item] = asyncio.create_task(work(item))
                await order.put((item, True))
        await order.put((None, False))

    async def next_entry():
        getter = asyncio.create_task(order.get())
        try:
            await asyncio.wait({getter, feeder}, return_when=asyncio.FIRST_COMPLETED)
            if not getter.done() and feeder.exception() is not None:
                raise feeder.exception()
            return await getter
        finally:
            getter.cancel()

    feeder = asyncio.create_task(feed())
    try:
        while True:
            item, more = await next_entry()
            if not more:
                return
            result = await by_item[item]
            yield result
    finally:
        feeder.cancel()
        for task in by_item.values():
            task.cancel()
        await asyncio.gather(feeder, *by_item.values(), return_exceptions=True)
