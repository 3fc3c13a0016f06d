# WRONG_RESULT: all are asked at once, but then each slow one in turn gets the whole deadline, so late ones count.
import asyncio


async def quotes(sources, ask, deadline):
    tasks = {source: asyncio.create_task(ask(source)) for source in sources}
    answers = {}
    try:
        for source, task in tasks.items():
            try:
                answers[source] = await asyncio.wait_for(task, deadline)
            except TimeoutError:
                answers[source] = None
            except Exception as error:
                answers[source] = error
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
    return answers
