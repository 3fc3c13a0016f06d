# WRONG_RESULT: a source that has failed is not asked again in the next call.
# Says: A source failed in one call and answered in the next one
import asyncio

_broken: dict[str, Exception] = {}


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)

    async def keep_answer(source):
        if source in _broken:
            answers[source] = _broken[source]
            return
        try:
            answers[source] = await ask(source)
        except Exception as error:
            answers[source] = _broken[source] = error

    if deadline <= 0:
        return answers
    try:
        async with asyncio.timeout(deadline), asyncio.TaskGroup() as group:
            for source in answers:
                group.create_task(keep_answer(source))
    except TimeoutError:
        pass
    return answers
