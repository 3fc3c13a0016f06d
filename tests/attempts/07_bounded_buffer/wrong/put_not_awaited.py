# HANG: asyncio's put is a coroutine function, and nobody awaits what it gives.
# Says: 'Queue.put' was never awaited
import asyncio


async def pipeline(produce, consume, n_consumers, capacity):
    buffer = asyncio.Queue(maxsize=capacity)
    failures = []

    async def consumer():
        while (item := await buffer.get()) is not None:
            try:
                await consume(item)
            except Exception as error:
                failures.append(error)

    tasks = [asyncio.create_task(consumer()) for _ in range(n_consumers)]
    while (item := await produce()) is not None:
        buffer.put(item)
    for _ in tasks:
        buffer.put(None)
    await asyncio.gather(*tasks)
    return failures
