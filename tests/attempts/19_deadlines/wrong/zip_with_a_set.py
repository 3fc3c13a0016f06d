# WRONG_RESULT: asyncio.wait gives sets, and a set has an order of its own.
# Says: that belongs to
# Says: `asyncio.wait` gives sets
import asyncio


async def quotes(sources, ask, deadline):
    tasks = [asyncio.create_task(ask(source)) for source in sources]
    answers = dict.fromkeys(sources)
    try:
        if tasks:
            done, _ = await asyncio.wait(tasks, timeout=deadline)
            for source, task in zip(sources, done):
                answers[source] = task.exception() or task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return answers
