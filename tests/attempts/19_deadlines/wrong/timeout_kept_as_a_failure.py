# WRONG_RESULT: `except Exception` keeps the TimeoutError as if the source had failed.
# Says: Catch it before, apart from the failures
import asyncio


async def quotes(sources, ask, deadline):
    answers = {}

    async def one(source):
        try:
            async with asyncio.timeout(deadline):
                answers[source] = await ask(source)
        except Exception as error:
            answers[source] = error

    async with asyncio.TaskGroup() as group:
        for source in sources:
            group.create_task(one(source))
    return answers
