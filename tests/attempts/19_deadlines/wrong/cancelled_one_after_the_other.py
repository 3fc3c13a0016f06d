# NO_CANCEL: the next call is cancelled only when the one before has tidied up.
# Says: First cancel all that are late
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)
    if not answers or deadline <= 0:
        return answers
    tasks = {source: asyncio.create_task(ask(source)) for source in answers}
    try:
        done, _ = await asyncio.wait(tasks.values(), timeout=deadline)
    finally:
        for task in tasks.values():
            if not task.done():
                task.cancel()
                await asyncio.wait([task])
    for source, task in tasks.items():
        if task in done:
            if task.cancelled():
                continue
            error = task.exception()
            answers[source] = task.result() if error is None else error
    return answers
