# WRONG_RESULT: the task has its copy of the context when it is made; what is set later, it never sees.
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    tasks = []
    for ident, order in requests:
        tasks.append(asyncio.create_task(work(order)))
        token = current.set(ident)
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    return answers
