# LOST: when the source has ended, what is still in the window is cancelled; the window has `width` and one.
# Says: cancelled before they had answered
import asyncio
from collections import deque
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    async def work(item):
        return await store(await parse(item))

    window = deque()
    try:
        async with aclosing(source):
            async for item in source:
                window.append(asyncio.create_task(work(item)))
                if len(window) > width + 1:  # `width`, and one in a hand
                    yield await window.popleft()
    finally:
        for task in window:
            task.cancel()
        await asyncio.gather(*window, return_exceptions=True)
