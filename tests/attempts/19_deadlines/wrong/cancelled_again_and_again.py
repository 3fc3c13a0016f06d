# LOST: every further cancel() interrupts the cleanup that the first one began.
import asyncio


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    if not tasks:
        return {}
    pending = set(tasks.values())
    done = set()
    try:
        done, pending = await asyncio.wait(pending, timeout=deadline)
    finally:
        while pending:
            for task in pending:
                task.cancel()
            _, pending = await asyncio.wait(pending, timeout=0.01)
    return {source: (task.exception() or task.result()) if task in done else None for source, task in tasks.items()}
