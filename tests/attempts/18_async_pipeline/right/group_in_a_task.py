"""A TaskGroup in a task of its own, a Condition, and results by number."""

import asyncio
from contextlib import aclosing


async def pipeline(source, parse, store, width):
    changed = asyncio.Condition()
    results = {}
    given = 0
    taken = 0
    total = None

    async def one(number, item):
        value = await store(await parse(item))
        async with changed:
            results[number] = value
            changed.notify_all()

    async def supervise():
        nonlocal taken, total
        async with asyncio.TaskGroup() as group, aclosing(source):
            while True:
                async with changed:
                    await changed.wait_for(lambda: taken - given <= width)
                try:
                    item = await anext(source)
                except StopAsyncIteration:
                    break
                group.create_task(one(taken, item))
                taken += 1
        async with changed:
            total = taken
            changed.notify_all()

    async def next_result():
        nonlocal given
        async with changed:
            await changed.wait_for(lambda: given in results or total == given)
            if given in results:
                value = results.pop(given)
                given += 1
                changed.notify_all()
                return [value]
            return []

    boss = asyncio.create_task(supervise())
    ask = None
    try:
        while True:
            ask = asyncio.create_task(next_result())
            await asyncio.wait([ask, boss], return_when=asyncio.FIRST_COMPLETED)
            if not ask.done() and boss.done() and boss.exception() is not None:
                error = boss.exception()
                while isinstance(error, BaseExceptionGroup):
                    error = error.exceptions[0]
                raise error
            found = await ask
            if not found:
                break
            yield found[0]
    finally:
        left = [task for task in (ask, boss) if task is not None]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await source.aclose()
