# LOST: the first failure ends the waiting, and all others are cancelled.
# Says: One failure must not end the waiting for the others
import asyncio


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    answers = dict.fromkeys(sources)
    try:
        if tasks:
            await asyncio.wait(tasks.values(), timeout=deadline, return_when=asyncio.FIRST_EXCEPTION)
        for source, task in tasks.items():
            if task.done() and deadline > 0:
                answers[source] = task.exception() or task.result()
    finally:
        late = [task for task in tasks.values() if not task.done()]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    return answers
