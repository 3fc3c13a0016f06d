# LOST: the coroutines are made and thrown away; of so many not all are counted.
# Says: coroutines or more that nobody awaited
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)

    async def one(source):
        try:
            answers[source] = await asyncio.wait_for(ask(source), deadline)
        except TimeoutError:
            pass
        except Exception as error:
            answers[source] = error

    for source in sources:
        one(source)
    return answers
