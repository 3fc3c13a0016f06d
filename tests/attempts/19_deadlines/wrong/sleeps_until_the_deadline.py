# HANG: it sleeps until the deadline, whether or not all have answered.
# Says: Nobody wakes whoever sleeps
import asyncio


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    done = set()
    try:
        await asyncio.sleep(deadline)
        done = {task for task in tasks.values() if task.done()}
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
    return {source: (task.exception() or task.result()) if task in done else None for source, task in tasks.items()}
