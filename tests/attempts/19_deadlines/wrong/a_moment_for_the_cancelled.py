# LEAK_TASK: who is cancelled gets a moment to end, and may need longer.
import asyncio


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    if not tasks:
        return {}
    done = set()
    try:
        done, _ = await asyncio.wait(tasks.values(), timeout=deadline)
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.wait(tasks.values(), timeout=0.16)
    return {source: (task.exception() or task.result()) if task in done else None for source, task in tasks.items()}
