# WRONG_RESULT: `or None` makes None of an empty quote.
import asyncio


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    answers = dict.fromkeys(sources)
    try:
        if tasks:
            await asyncio.wait(tasks.values(), timeout=deadline)
        for source, task in tasks.items():
            if task.done() and deadline > 0:
                answers[source] = task.exception() or task.result() or None
    finally:
        late = [task for task in tasks.values() if not task.done()]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    return answers
