# CRASHED: an exception in a TaskGroup cancels all others.
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)

    async def keep(source):
        answers[source] = await ask(source)

    try:
        async with asyncio.timeout(deadline), asyncio.TaskGroup() as group:
            for source in sources:
                group.create_task(keep(source))
    except TimeoutError:
        pass
    return answers
