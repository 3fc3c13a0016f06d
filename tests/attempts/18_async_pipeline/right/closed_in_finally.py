"""A window of tasks; the `finally` cancels what is left in it, and closes the source."""

import asyncio
from collections import deque


async def pipeline(source, parse, store, width):
    async def work(item):
        return await store(await parse(item))

    window = deque()
    try:
        async for item in source:
            window.append(asyncio.create_task(work(item)))
            if len(window) == width:
                yield await window[0]
                window.popleft()
        while window:
            yield await window[0]
            window.popleft()
    finally:
        for task in window:
            task.cancel()
        await asyncio.gather(*window, return_exceptions=True)
        await source.aclose()
