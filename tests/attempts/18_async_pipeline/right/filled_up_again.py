"""No feeder: the window is filled up again just before a result is handed on."""

import asyncio
from collections import deque
from contextlib import aclosing

_END = object()


async def pipeline(source, parse, store, width):
    tasks = deque()

    async def work(item):
        return await store(await parse(item))

    async def start_one():
        if (item := await anext(source, _END)) is not _END:
            tasks.append(asyncio.create_task(work(item)))
            return True
        return False

    async with aclosing(source):
        try:
            while len(tasks) < width and await start_one():
                pass
            while tasks:
                result = await tasks[0]
                tasks.popleft()
                await start_one()
                yield result
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
