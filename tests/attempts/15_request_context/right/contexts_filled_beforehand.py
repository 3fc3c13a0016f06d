# Each task is made in a copy of the context that has its id already.
import asyncio
import contextvars

REQUEST = contextvars.ContextVar("REQUEST")


def request_id():
    return REQUEST.get(None)


async def handle(requests, work):
    tasks = []
    for ident, order in requests:
        context = contextvars.copy_context()
        context.run(REQUEST.set, ident)
        tasks.append(asyncio.get_running_loop().create_task(work(order), context=context))
    if tasks:
        await asyncio.wait(tasks)
    return [task.exception() or task.result() for task in tasks]
