# WRONG_RESULT: each answer gives all others the whole deadline once more.
# Says: There is one deadline for all
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)
    tasks = {asyncio.create_task(ask(source)): source for source in sources}
    pending = set(tasks)
    try:
        while pending:
            done, pending = await asyncio.wait(pending, timeout=deadline, return_when=asyncio.FIRST_COMPLETED)
            if not done:
                break  # the time is up
            for task in done:
                answers[tasks[task]] = task.exception() or task.result()
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
    return answers
