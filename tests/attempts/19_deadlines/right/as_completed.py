# Answers are kept as they come; as_completed has a timeout, but cancels nothing.
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)

    async def keep(source):
        try:
            answers[source] = await ask(source)
        except Exception as error:
            answers[source] = error

    tasks = [asyncio.create_task(keep(source)) for source in sources]
    try:
        for next_done in asyncio.as_completed(tasks, timeout=deadline):
            await next_done
    except TimeoutError:
        pass
    finally:
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
    return answers
