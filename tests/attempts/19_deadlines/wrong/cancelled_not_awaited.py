# LEAK_TASK: cancel() only asks, and nobody waits for the answer.
import asyncio


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    if not tasks:
        return {}
    done, pending = await asyncio.wait(tasks.values(), timeout=deadline)
    for task in pending:
        task.cancel()
    return {source: (task.exception() or task.result()) if task in done else None for source, task in tasks.items()}
