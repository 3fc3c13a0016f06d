# WRONG_RESULT: set in the task of whoever called, where it stays.
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
    return await asyncio.gather(*tasks, return_exceptions=True)
