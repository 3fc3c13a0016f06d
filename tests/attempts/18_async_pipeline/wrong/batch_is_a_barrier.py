# LATE: a batch is a barrier: the first result comes when the whole batch is done.
# Says: holds back the quick ones
import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    async def work(item):
        return await store(await parse(item))

    async with aclosing(source):
        batch = []
        try:
            async for item in source:
                batch.append(asyncio.create_task(work(item)))
                if len(batch) == width:
                    await asyncio.wait(batch)
                    while batch:
                        result = batch[0].result()
                        del batch[0]
                        yield result
            while batch:
                result = await batch[0]
                del batch[0]
                yield result
        finally:
            for task in batch:
                task.cancel()
            await asyncio.gather(*batch, return_exceptions=True)
