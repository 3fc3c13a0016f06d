# LEAK_TASK: asyncio.wait stops waiting; the tasks themselves go on.
import asyncio


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    if not tasks:
        return {}
    done, _ = await asyncio.wait(tasks.values(), timeout=deadline)
    return {source: (task.exception() or task.result()) if task in done else None for source, task in tasks.items()}
