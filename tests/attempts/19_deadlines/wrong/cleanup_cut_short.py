# LOST: the cleanup gets a deadline of its own, which cancels it.
import asyncio


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    done = set()
    try:
        if tasks:
            done, _ = await asyncio.wait(tasks.values(), timeout=deadline)
    finally:
        for task in tasks.values():
            task.cancel()
        try:
            await asyncio.wait_for(asyncio.gather(*tasks.values(), return_exceptions=True), 0.01)
        except TimeoutError:
            pass
    return {source: (task.exception() or task.result()) if task in done else None for source, task in tasks.items()}
