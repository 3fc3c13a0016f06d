# SWALLOWED: a ConnectionError is kept; whatever else a source may raise gets lost.
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)

    async def keep(source):
        try:
            answers[source] = await ask(source)
        except ConnectionError as error:
            answers[source] = error

    tasks = [asyncio.create_task(keep(source)) for source in sources]
    try:
        if tasks and deadline > 0:
            await asyncio.wait(tasks, timeout=deadline)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return answers
