# CRASHED: who was cancelled may end with an error, and that takes all quotes along.
# Says: return_exceptions=True
import asyncio
from contextlib import suppress


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    done = set()
    try:
        if tasks:
            done, _ = await asyncio.wait(tasks.values(), timeout=deadline)
    finally:
        late = [task for task in tasks.values() if not task.done()]
        for task in late:
            task.cancel()
        for task in late:
            with suppress(asyncio.CancelledError):
                await task
    return {source: (task.exception() or task.result()) if task in done else None for source, task in tasks.items()}
