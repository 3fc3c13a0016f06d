"""A timer of the loop cancels whatever is late."""

import asyncio


async def quotes(sources, ask, deadline):
    answers = dict.fromkeys(sources)
    loop = asyncio.get_running_loop()
    tasks = {asyncio.ensure_future(ask(source)): source for source in sources}
    late = False

    def time_is_up():
        nonlocal late
        late = True
        for task in tasks:
            task.cancel()

    timer = loop.call_later(deadline, time_is_up)
    try:
        for task, source in tasks.items():
            try:
                answers[source] = await asyncio.shield(task)
            except asyncio.CancelledError:
                if asyncio.current_task().cancelling():
                    raise
            except Exception as error:
                answers[source] = error
        return answers
    finally:
        timer.cancel()
        if not late:
            time_is_up()
        await asyncio.gather(*tasks, return_exceptions=True)
