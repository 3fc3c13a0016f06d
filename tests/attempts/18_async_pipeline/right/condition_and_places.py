"""A reader that asks the source itself, a condition that tells of news, and a semaphore for the places."""

import asyncio
from collections import deque


async def pipeline(source, parse, store, width):
    room = asyncio.Semaphore(width)
    ready = asyncio.Condition()
    tasks, state = deque(), {"over": False, "error": None}

    async def work(item):
        return await store(await parse(item))

    async def read():
        try:
            while True:
                await room.acquire()
                item = await anext(source)
                async with ready:
                    tasks.append(asyncio.create_task(work(item)))
                    ready.notify()
        except StopAsyncIteration:
            pass
        except Exception as error:
            state["error"] = error
        finally:
            state["over"] = True
            if not asyncio.current_task().cancelling():
                async with ready:
                    ready.notify()

    reader = asyncio.create_task(read())
    try:
        while True:
            async with ready:
                await ready.wait_for(lambda: tasks or state["over"])
            if not tasks:
                break
            result = await tasks[0]
            tasks.popleft()
            yield result
            room.release()
        if state["error"]:
            raise state["error"]
    finally:
        reader.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(reader, *tasks, return_exceptions=True)
        await source.aclose()
