# NO_CANCEL: whoever cancels this function is not heard.
# Says: A CancelledError is not a failure of the work
import asyncio


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    done = set()
    try:
        if tasks:
            done, _ = await asyncio.wait(tasks.values(), timeout=deadline)
    except asyncio.CancelledError:
        pass
    for task in tasks.values():
        task.cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)
    return {source: (task.exception() or task.result()) if task in done else None for source, task in tasks.items()}
