# CRASHED: nobody catches the TimeoutError.
# Says: When the time is up
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)

    async def keep_answer(source):
        try:
            answers[source] = await ask(source)
        except Exception as error:
            answers[source] = error

    async with asyncio.timeout(deadline), asyncio.TaskGroup() as group:
        for source in sources:
            group.create_task(keep_answer(source))
    return answers
