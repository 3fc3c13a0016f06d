# WRONG_RESULT: ten at a time, and those in the third row have no time left.
# Says: ask all at once, however many there are
"""Polite: at most ten calls at a time."""
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)
    polite = asyncio.Semaphore(10)

    async def keep_answer(source):
        async with polite:
            try:
                answers[source] = await ask(source)
            except Exception as error:
                answers[source] = error

    try:
        async with asyncio.timeout(deadline), asyncio.TaskGroup() as group:
            for source in sources:
                group.create_task(keep_answer(source))
    except TimeoutError:
        pass
    return answers
