# LOST: each task takes the source from the loop around it, which is over by then.
# Says: looks `source` up when it runs
"""Ask some sources for a quote: all at once, and no longer than until the deadline."""

import asyncio


async def quotes(sources: list[str], ask, deadline: float) -> dict[str, str | Exception | None]:
    """Return a dict with one entry per source: what it answered within `deadline` seconds.

    An entry is the quote, the exception if the source failed, or None if nothing came in time.
    """
    answers = dict.fromkeys(sources)

    try:
        async with asyncio.timeout(deadline), asyncio.TaskGroup() as group:
            for source in sources:

                async def keep_answer():
                    try:
                        answers[source] = await ask(source)
                    except Exception as error:
                        answers[source] = error

                group.create_task(keep_answer())
    except TimeoutError:
        pass
    return answers
