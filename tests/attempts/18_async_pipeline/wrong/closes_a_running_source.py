# CRASHED: the source is closed while the feeder still stands in it, which was only asked to stop.
# Says: already running
# Says: await it first, and then close
import asyncio


async def pipeline(source, parse, store, width):
    line = asyncio.Queue(maxsize=width)
    tasks = set()

    async def work(item):
        return await store(await parse(item))

    async def feed():
        async for item in source:
            task = asyncio.create_task(work(item))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            await line.put(task)

    async def feed_and_end():
        try:
            await feed()
        except Exception as error:
            await line.put(error)
        else:
            await line.put(None)

    feeder = asyncio.create_task(feed_and_end())
    try:
        while (task := await line.get()) is not None:
            if isinstance(task, Exception):
                raise task
            yield await task
    finally:
        feeder.cancel()
        for task in tasks:
            task.cancel()
        await source.aclose()
        await asyncio.gather(feeder, *tasks, return_exceptions=True)
