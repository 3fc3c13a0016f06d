# SERIAL: each source gets its deadline, one after the other.
import asyncio


async def quotes(sources, ask, deadline):
    answers = {}
    for source in sources:
        try:
            answers[source] = await asyncio.wait_for(ask(source), deadline)
        except TimeoutError:
            answers[source] = None
        except Exception as error:
            answers[source] = error
    return answers
