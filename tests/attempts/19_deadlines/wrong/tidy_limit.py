# LEAK_TASK: a second is long, and still one call may need longer to tidy up.
"""Overshoot: waits at most a second for those that tidy up."""
import asyncio


async def quotes(sources, ask, deadline):
    if not sources:
        return {}
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    answers = dict.fromkeys(sources)
    try:
        await asyncio.wait(tasks.values(), timeout=deadline)
        for source, task in tasks.items():
            if task.done() and not task.cancelled():
                answers[source] = task.exception() or task.result()
    finally:
        late = [task for task in tasks.values() if not task.done()]
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=1)
    return answers
