# A cancelled gather waits for all of its tasks, if it returns exceptions.
import asyncio


async def quotes(sources, ask, deadline):
    tasks = [asyncio.create_task(ask(source)) for source in sources]
    try:
        async with asyncio.timeout(deadline):
            await asyncio.gather(*tasks, return_exceptions=True)
    except TimeoutError:
        pass
    return {
        source: None if task.cancelled() else task.exception() or task.result()
        for source, task in zip(sources, tasks, strict=True)
    }
