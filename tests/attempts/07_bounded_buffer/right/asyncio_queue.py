# Coroutines instead of threads: an asyncio.Queue with a maximum size does the same.
import asyncio


async def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = asyncio.Queue(capacity), []

    async def consumer():
        while (item := await buffer.get()) is not None:
            try:
                await consume(item)
            except Exception as error:
                failures.append(error)

    consumers = [asyncio.create_task(consumer()) for _ in range(n_consumers)]
    try:
        while (item := await produce()) is not None:
            await buffer.put(item)
    finally:
        for _ in consumers:
            await buffer.put(None)
        await asyncio.gather(*consumers)
    return failures
