# LEAK_TASK: a gather that is cancelled ends with the first task that does, and leaves the others alone.
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)

    async def keep(source):
        try:
            answers[source] = await ask(source)
        except Exception as error:
            answers[source] = error

    try:
        async with asyncio.timeout(deadline):
            await asyncio.gather(*map(keep, sources))
    except TimeoutError:
        pass
    return answers
