# WRONG_RESULT: with one that is late, the answers of all are None.
import asyncio


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    if not tasks:
        return {}
    try:
        _, late = await asyncio.wait(tasks.values(), timeout=deadline)
    finally:
        for task in tasks.values():
            task.cancel()
        outcomes = await asyncio.gather(*tasks.values(), return_exceptions=True)
    return dict.fromkeys(sources) if late else dict(zip(tasks, outcomes))
