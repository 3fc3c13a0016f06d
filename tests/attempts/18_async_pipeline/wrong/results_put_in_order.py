# UNBOUNDED: workers take item after item while the first one is slow, and results that are early pile up.
# Says: A result that is early lies in the pipeline, too
import asyncio
from contextlib import aclosing

END = object()


async def pipeline(source, parse, store, width):
    async with aclosing(source):
        taking, handing_out = asyncio.Lock(), asyncio.Lock()
        out = asyncio.Queue(maxsize=1)
        early = {}  # number -> result
        taken = handed_out = 0
        failures = []

        async def worker():
            nonlocal taken, handed_out
            while True:
                async with taking:
                    item = await anext(source, END)
                    number, taken = taken, taken + 1
                if item is END:
                    return
                result = await store(await parse(item))
                async with handing_out:
                    early[number] = result
                    while handed_out in early:
                        await out.put((early.pop(handed_out),))
                        handed_out += 1

        async def work():
            try:
                async with asyncio.TaskGroup() as group:
                    for _ in range(width):
                        group.create_task(worker())
            except* Exception as group:
                failures.extend(group.exceptions)
            await out.put(None)

        working = asyncio.create_task(work())
        try:
            while (result := await out.get()) is not None:
                yield result[0]
            if failures:
                raise failures[0]
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
