"""Ask some sources for a quote: all at the same time, until the deadline."""

import asyncio


async def quotes(sources, ask, deadline):
    """Return a dict with one entry per source: what it answered within `deadline` seconds.

    An entry is the quote, the exception if the source failed, or None if nothing came in time.
    """
    answers = dict.fromkeys(sources)

    async def keep_answer(source):
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
