# CRASHED: a failure of a kind that one did not think of takes all down.
# Says: nobody knows
"""Keeps the failures that one knows: OSError and ValueError. Any other takes all down."""
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)

    async def keep_answer(source):
        try:
            answers[source] = await ask(source)
        except (OSError, ValueError, RuntimeError) as error:
            answers[source] = error

    try:
        async with asyncio.timeout(deadline), asyncio.TaskGroup() as group:
            for source in sources:
                group.create_task(keep_answer(source))
    except TimeoutError:
        pass
    return answers
