# CRASHED: create_task takes a coroutine, not a function and its arguments.
# Says: Call your function with its arguments
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)

    async def keep_answer(source):
        try:
            answers[source] = await ask(source)
        except Exception as error:
            answers[source] = error

    try:
        async with asyncio.timeout(deadline), asyncio.TaskGroup() as group:
            for source in sources:
                group.create_task(keep_answer, source)
    except TimeoutError:
        pass
    return answers
