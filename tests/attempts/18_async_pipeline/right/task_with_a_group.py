"""A task group inside of a task of its own; futures in a queue keep the order."""

import asyncio
from contextlib import AsyncExitStack, aclosing


async def pipeline(source, parse, store, width):
    places = asyncio.Queue(width)

    async def do(item, future):
        try:
            future.set_result(await store(await parse(item)))
        except Exception as error:
            future.set_exception(error)

    async def everything():
        async with asyncio.TaskGroup() as group, aclosing(source):
            try:
                async for item in source:
                    future = asyncio.get_running_loop().create_future()
                    group.create_task(do(item, future))
                    await places.put(future)
            except Exception as error:
                broken = asyncio.get_running_loop().create_future()
                broken.set_exception(error)
                await places.put(broken)
            else:
                await places.put(None)

    async def stop(task):
        task.cancel()
        await asyncio.wait([task])

    async with AsyncExitStack() as stack:
        stack.push_async_callback(stop, asyncio.create_task(everything()))
        while future := await places.get():
            yield await future
