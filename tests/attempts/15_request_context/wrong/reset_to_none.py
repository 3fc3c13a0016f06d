# WRONG_RESULT: None is not what it was before, where a request is part of another.
import asyncio
from contextvars import ContextVar

current = ContextVar("current", default=None)


def request_id():
    return current.get()


async def handle(requests, work):
    tasks = []
    for ident, order in requests:
        current.set(ident)
        tasks.append(asyncio.create_task(work(order)))
        current.set(None)
    return await asyncio.gather(*tasks, return_exceptions=True)
