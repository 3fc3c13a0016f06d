# CRASHED: what as_completed gives is not the task that was put in.
# Says: What asyncio.as_completed gives are not your tasks
import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)
    try:
        async with asyncio.timeout(deadline), asyncio.TaskGroup() as group:
            tasks = {group.create_task(ask(source)): source for source in sources}
            for task in asyncio.as_completed(tasks):
                answers[tasks[task]] = await task
    except TimeoutError:
        pass
    return answers
