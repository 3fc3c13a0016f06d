# LEAK_TASK: who tidies up awaits one task after the other, and the first that has failed ends that.
# Says: return_exceptions=True
import asyncio
from collections import deque
from contextlib import aclosing, suppress


async def pipeline(source, parse, store, width):
    async def work(item):
        return await store(await parse(item))

    window = deque()
    try:
        async with aclosing(source):
            async for item in source:
                window.append(asyncio.create_task(work(item)))
                if len(window) == width:
                    yield await window.popleft()
        while window:
            yield await window.popleft()
    finally:
        for task in window:
            task.cancel()
        for task in window:
            with suppress(asyncio.CancelledError):
                await task
