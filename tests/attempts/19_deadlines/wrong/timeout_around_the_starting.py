# WRONG_RESULT: the timeout is around the starting of the tasks; their group waits outside of it.
# Says: The quote of
# Says: There is one deadline for all
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)

    async def keep_answer(source):
        try:
            answers[source] = await ask(source)
        except Exception as error:
            answers[source] = error

    async with asyncio.TaskGroup() as group:
        try:
            async with asyncio.timeout(deadline):
                for source in sources:
                    group.create_task(keep_answer(source))
        except TimeoutError:
            pass
    return answers
