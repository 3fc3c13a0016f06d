"""As many workers as there is room: each takes an item, and hands out its result when its turn has come."""

import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    async with aclosing(source):
        taking = asyncio.Lock()
        out = asyncio.Queue(maxsize=1)
        taken = 0
        turn = 0
        turns = asyncio.Condition()
        failures = []

        async def take():
            nonlocal taken
            async with taking:
                item = await anext(source)
                taken += 1
                return taken - 1, item

        async def worker():
            nonlocal turn
            while True:
                try:
                    number, item = await take()
                except StopAsyncIteration:
                    return
                result = await store(await parse(item))
                async with turns:
                    await turns.wait_for(lambda: turn == number)
                    await out.put((result,))
                    turn += 1
                    turns.notify_all()

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
